// Where a stage names a collector, every function is traced and finds the SDK in its layer; elsewhere none is.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf, stages } from '../../lib/config.ts';
import { bundleTelemetry } from '../../lib/constructs/telemetry-layer.ts';
import { synthesizedFrom } from './stage.ts';

interface FunctionProperties {
  readonly Layers?: readonly { readonly Ref: string }[];
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
}
type Functions = Readonly<Record<string, FunctionProperties>>;

const ENDPOINT = 'https://collector.example';

/** Ours, by logical id: CDK's own providers have no service name. */
const functionsOf = (config: ReturnType<typeof configOf>): Functions =>
  Object.fromEntries(
    Object.values(synthesizedFrom(config))
      .flatMap((template) => Object.entries(template.findResources('AWS::Lambda::Function')))
      .map(([id, { Properties }]) => [id, Properties as FunctionProperties] as const)
      .filter(([, { Environment }]) => Environment?.Variables.POWERTOOLS_SERVICE_NAME !== undefined),
  );

/** Logical ids of functions that would tell a collector nothing. */
const untraced = (functions: Functions): string[] =>
  Object.entries(functions).flatMap(([id, { Environment, Layers = [] }]) =>
    Environment?.Variables.OTEL_EXPORTER_OTLP_ENDPOINT === ENDPOINT && Layers.some(({ Ref }) => Ref.startsWith('Telemetry')) ? [] : [id],
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackyard-telemetry-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every function of a stage that names a collector has its address, a sampler and the layer', () => {
  const functions = functionsOf({ ...configOf('prod'), tracing: { endpoint: ENDPOINT, ratio: 0.1 } });
  expect(Object.keys(functions).length).toBeGreaterThan(10);
  expect(untraced(functions)).toEqual([]);
  for (const { Environment } of Object.values(functions))
    expect(Environment?.Variables).toMatchObject({ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' });
});

test('a function without the layer or the address would be found', () => {
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT };
  expect(
    untraced({
      whole: { Layers: [{ Ref: 'Telemetry1' }], Environment: { Variables: variables } },
      bare: { Environment: { Variables: variables } },
      silent: { Layers: [{ Ref: 'Telemetry1' }], Environment: { Variables: {} } },
    }),
  ).toEqual(['bare', 'silent']);
});

test.each(Object.keys(stages))('%s is not traced unless it names a collector', (stage) => {
  const { tracing: _, ...config } = configOf(stage);
  const functions = functionsOf(config);
  expect(untraced(functions)).toEqual(Object.keys(functions));
  const variables = Object.values(functions).flatMap(({ Environment }) => Object.keys(Environment?.Variables ?? {}));
  expect(variables.filter((name) => name.startsWith('OTEL_'))).toEqual([]);
});

test.each([
  ['an address that the functions cannot reach', { endpoint: 'http://collector.example' }, 'must be https on port 443'],
  ['a port that the functions cannot reach', { endpoint: 'https://collector.example:4318' }, 'must be https on port 443'],
  ['a part of more than all', { endpoint: ENDPOINT, ratio: 10 }, 'must be from 0 to 1'],
])('%s ends the synthesis', (_, tracing, reason) => {
  expect(() => synthesizedFrom({ ...configOf('dev'), tracing })).toThrow(reason);
});

/** What a function asks the layer for, as a process finds it that has nothing else. */
function loadsAll(modules: string) {
  const source = readFileSync(join(import.meta.dirname, '../../functions/shared/tracing/start.ts'), 'utf8');
  const asked = [...source.matchAll(/load\('([^']+)'\)/g)].map(([, name]) => name);
  expect(asked.length).toBeGreaterThan(3);
  const script = `for (const name of ${JSON.stringify(asked)}) require(name)`;
  return spawnSync(process.execPath, ['-e', script], { cwd: folder, env: { NODE_PATH: modules }, encoding: 'utf8' });
}

test('the layer holds all that the SDK needs, and nothing that only a bundler would read', () => {
  const modules = join(folder, 'nodejs/node_modules');
  bundleTelemetry(modules);
  expect(loadsAll(modules)).toMatchObject({ status: 0, stderr: '' });
  const files = readdirSync(modules, { recursive: true }).map(String);
  expect(files.filter((name) => /\/build\/esm|\.map$/.test(name))).toEqual([]);

  rmSync(join(modules, '@opentelemetry/otlp-transformer'), { recursive: true });
  expect(loadsAll(modules).stderr).toContain("Cannot find module '@opentelemetry/otlp-transformer'");
});
