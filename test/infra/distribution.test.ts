// One address for everything: which path goes to the pages, and which to the API.
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import { type Behaviour, type DistributionConfig, distributionOf } from './distribution.ts';
import { stackOf } from './stage.ts';

let template: Template;
let config: DistributionConfig;

beforeAll(() => {
  template = stackOf('prod', 'console');
  config = distributionOf(template);
});

const behaviours = () => config.CacheBehaviors;
const originOf = (id: string) => config.Origins.find(({ Id }: { Id: string }) => Id === id);
const isApi = ({ TargetOriginId }: Behaviour) => JSON.stringify(originOf(TargetOriginId)).includes('CustomOriginConfig');

/** The behaviour that CloudFront takes: the first whose pattern matches the whole path. */
function behaviourFor(path: string): Behaviour {
  const matches = ({ PathPattern }: Behaviour) =>
    new RegExp(
      `^${PathPattern.replace(/[.+^$()[\]{}|\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    ).test(path);
  return behaviours().find(matches) ?? config.DefaultCacheBehavior;
}

test('there are no more behaviours than a distribution may have', () => {
  expect(behaviours().length + 1).toBeLessThanOrEqual(25);
});

test('every route goes to the API, with any method', () => {
  for (const { path } of Object.values(systems).flatMap((table) => Object.values(table))) {
    for (const sent of [path.replaceAll(/\{[^}]+\}/g, '0a1b'), `${path.replaceAll(/\{[^}]+\}/g, '0a1b')}/`]) {
      const behaviour = behaviourFor(sent);
      expect(isApi(behaviour), sent).toBe(true);
      expect(behaviour.AllowedMethods, sent).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']));
    }
  }
});

test.each([
  '/',
  '/result',
  '/cats',
  '/lazaros',
  '/api/swagger',
  '/api/swagger/',
  '/api/openapi.json',
  '/api/postman.json',
  '/1',
  '/assets/x.js',
])('%s is a page', (path) => expect(isApi(behaviourFor(path))).toBe(false));

test('patterns below the API stand before the API itself, because the first that matches wins', () => {
  const patterns = behaviours().map(({ PathPattern }) => PathPattern);
  const api = patterns.indexOf('/api*');
  for (const pattern of patterns.filter((name) => name.startsWith('/api/'))) expect(patterns.indexOf(pattern), pattern).toBeLessThan(api);
});

test('everything is served over TLS, and the pages of the bucket only to the distribution', () => {
  for (const { ViewerProtocolPolicy } of [...behaviours(), config.DefaultCacheBehavior])
    expect(ViewerProtocolPolicy).toBe('redirect-to-https');
  expect(originOf(config.DefaultCacheBehavior.TargetOriginId).OriginAccessControlId).toBeDefined();
});

test('a prod site stays when its stack goes, unless it was never finished, and so does the log of who asked for it', () => {
  const buckets = Object.values(template.findResources('AWS::S3::Bucket'));
  expect(buckets.map(({ DeletionPolicy, UpdateReplacePolicy }) => `${DeletionPolicy}, ${UpdateReplacePolicy}`)).toEqual([
    'RetainExceptOnCreate, Retain',
    'RetainExceptOnCreate, Retain',
  ]);
});
