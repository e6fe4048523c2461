// Which routes want the key, in stages that guard their operations and in those that do not; and that pages of other addresses have no way in.
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { CfnUrl } from 'aws-cdk-lib/aws-lambda';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { beforeAll, expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import type { Route } from '../../functions/shared/http/route.ts';
import { configOf } from '../../lib/config.ts';
import { openApi } from '../../lib/documentation/openapi.ts';
import { methodsOf } from './methods.ts';
import { synthesized, testApp } from './stage.ts';

const routes: Route[] = Object.values(systems).flatMap((table) => Object.values(table));
const named = ({ method, path }: Route) => `${method} ${path}`;
const guarded = ['GET /api/workers', 'GET /metrics'];
const always = routes.filter(({ key }) => key).map(named);

let prod: Template | undefined;
let dev: Template | undefined;

beforeAll(() => {
  prod = synthesized('prod').systems;
  dev = synthesized('dev').systems;
});

/** Methods that do not want the key although they should, or want it although they should not. */
function wronglyOpen(template: Template | undefined, keyed: readonly string[]): string[] {
  const wanted = new Set(keyed);
  return [...methodsOf(template)].flatMap(([name, { ApiKeyRequired = false }]) => (ApiKeyRequired === wanted.has(name) ? [] : [name]));
}

test('prod wants the key for what tells of its operations, besides what wants it everywhere; the audit is among the latter', () => {
  expect(always).toContain('GET /orders/audit');
  expect(routes.filter(({ guarded: yes }) => yes).map(named)).toEqual(guarded);
  expect(wronglyOpen(prod, [...always, ...guarded])).toEqual([]);
});

test('dev wants it only where every stage does, and would not pass for prod', () => {
  expect(wronglyOpen(dev, always)).toEqual([]);
  expect(wronglyOpen(dev, [...always, ...guarded]).sort()).toEqual([...guarded].sort());
});

test('the documentation of a stage says what that stage wants', () => {
  for (const stage of ['prod', 'dev'] as const) {
    const { paths } = openApi(configOf(stage).edge);
    const keyed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security, responses }]) =>
        security && responses[403] ? [`${method.toUpperCase()} ${path}`] : [],
      ),
    );
    expect(keyed.sort(), stage).toEqual([...always, ...(stage === 'prod' ? guarded : [])].sort());
  }
});

test('whether the application answers and is well, anybody may ask', () => {
  expect(routes.filter(({ open }) => open).map(named)).toEqual(['GET /status', 'GET /status/ready', 'GET /healthz']);
});

/** Methods, headers and configurations by which pages of other addresses would be let in: at CloudFront, an API, a bucket, a function's address. */
function crossOrigin(template: Template | undefined): string[] {
  const preflights = [...methodsOf(template).keys()].filter((name) => name.startsWith('OPTIONS '));
  const text = JSON.stringify(template?.toJSON());
  return [...preflights, ...(text.match(/Access-Control-[\w-]+|(?<=")Cors(Config(uration)?)?(?=":)/gi) ?? [])];
}

test.each(['dev', 'prod', 'minimal'] as const)('pages of other addresses are let in by no stack of %s', (stage) => {
  for (const [name, template] of Object.entries(synthesized(stage))) expect(crossOrigin(template), name).toEqual([]);
});

test('a method for preflights, or a header for other origins, would be found, wherever it is set', () => {
  const api = {
    Resources: {
      Preflight: {
        Type: 'AWS::ApiGateway::Method',
        Properties: { HttpMethod: 'OPTIONS', ResourceId: { Ref: 'Root' }, Header: { 'Access-Control-Allow-Origin': "'*'" } },
      },
    },
  };
  expect(crossOrigin(Template.fromJSON(api))).toEqual(['OPTIONS ', 'Access-Control-Allow-Origin']);

  const stack = new Stack(testApp(), 'open');
  const cors = {
    accessControlAllowCredentials: false,
    accessControlAllowHeaders: ['*'],
    accessControlAllowMethods: ['GET'],
    originOverride: true,
  };
  new ResponseHeadersPolicy(stack, 'Headers', { corsBehavior: { ...cors, accessControlAllowOrigins: ['*'] } });
  new Bucket(stack, 'Bucket', { cors: [{ allowedMethods: [HttpMethods.GET], allowedOrigins: ['*'] }] });
  new CfnUrl(stack, 'Url', { authType: 'NONE', targetFunctionArn: 'fn', cors: { allowOrigins: ['*'] } });
  expect(crossOrigin(Template.fromStack(stack))).toEqual(['CorsConfig', 'CorsConfiguration', 'Cors']);
});
