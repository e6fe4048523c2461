// A function's bundle is parsed at every cold start: it stays small. Sizes are of the minified code, without its source map.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { localStage, synthesize } from '../../local/app/synthesis.ts';
import { type Assembly, readAssembly } from '../../local/assembly/manifest.ts';
import { createLog } from '../../local/log.ts';

const MB = 1024 * 1024;

/** They speak Kafka: see docs/decisions/0005-bundle-budget.md for what its client weighs. */
const withKafka = ['pictures/api', 'pictures/relay', 'status/api', 'workers/api'];

/** A database's client and a cache's in one: most functions that answer requests count them in the cache. */
const withDatabaseAndCache = [
  'orders/api',
  'stock/api',
  'payment/api',
  'cats/api',
  'cats/sync',
  'pictures/consumer',
  'messages/api',
  'messages/consumer',
];

/** Those, and a client that posts to connections. */
const withPoster = ['messages/push'];

let sizes: ReadonlyMap<string, number>;

beforeAll(async () => {
  sizes = bundlesOf(readAssembly(await synthesize({ ...localStage('kafka'), log: createLog('error') })));
});

test('a bundle has at most 1 MB', () => {
  const others = [...sizes].filter(([name]) => ![...withKafka, ...withDatabaseAndCache, ...withPoster].includes(name));
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter(([, bytes]) => bytes > MB)).toEqual([]);
});

test('a bundle with a Kafka producer or probe, or with the poster and a database, has at most 1.75 MB, and more than 1 MB, or it would not be listed', () => {
  const listed = [...withKafka, ...withPoster].map((name) => [name, sizes.get(name) ?? 0] as const);
  expect(listed.filter(([, bytes]) => bytes > 1.75 * MB || bytes <= MB)).toEqual([]);
});

test('a bundle with the clients of a database and of a cache has at most 1.25 MB, and more than 1 MB, or it would not be listed', () => {
  const listed = withDatabaseAndCache.map((name) => [name, sizes.get(name) ?? 0] as const);
  expect(listed.filter(([, bytes]) => bytes > 1.25 * MB || bytes <= MB)).toEqual([]);
});

/** Bytes by the function's name in logs, `pictures/api`. */
function bundlesOf(assembly: Assembly): ReadonlyMap<string, number> {
  const functions = assembly.stacks
    .flatMap(({ template }) => Object.values(template.Resources ?? {}))
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
    .map(({ Properties }) => Properties as any)
    .filter(({ Environment }) => Environment?.Variables.POWERTOOLS_SERVICE_NAME !== undefined);
  return new Map(
    functions.map(({ Environment, Code }) => [
      Environment.Variables.POWERTOOLS_SERVICE_NAME,
      statSync(join(assembly.assetPath(Code.S3Key), 'index.mjs')).size,
    ]),
  );
}
