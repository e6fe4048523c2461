// Which routes want the key, in stages that guard their operations and in those that do not.
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import type { Route } from '../../functions/shared/http/route.ts';
import { configOf } from '../../lib/config.ts';
import { openApi } from '../../lib/documentation/openapi.ts';
import { methodsOf } from './methods.ts';
import { synthesized } from './stage.ts';

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

/** Methods by which, or headers through which, pages of other addresses would be let in. */
function crossOrigin(template: Template | undefined): string[] {
  const preflights = [...methodsOf(template).keys()].filter((name) => name.startsWith('OPTIONS '));
  return [...preflights, ...(JSON.stringify(template?.toJSON()).match(/Access-Control-[\w-]+/gi) ?? [])];
}

test('pages of other addresses are not let in: no preflight is answered, and no header allows them', () => {
  expect(crossOrigin(prod)).toEqual([]);
  expect(crossOrigin(synthesized('prod').console)).toEqual([]);
});

test('a method for preflights or a header for other origins would be found', () => {
  const api = {
    Resources: {
      Preflight: {
        Type: 'AWS::ApiGateway::Method',
        Properties: { HttpMethod: 'OPTIONS', ResourceId: { Ref: 'Root' }, Header: { 'Access-Control-Allow-Origin': "'*'" } },
      },
    },
  };
  expect(crossOrigin(Template.fromJSON(api))).toEqual(['OPTIONS ', 'Access-Control-Allow-Origin']);
});
