// Whether a run of the embedded host is traced: by its command line or its environment, and not otherwise.
import { expect, it } from 'vitest';
import { commandLine } from '../../local/app/options.ts';
import { telemetryVariables } from '../../local/app/telemetry.ts';

const COLLECTOR = 'http://127.0.0.1:4318';

it('is off where nothing is said', () => {
  expect(commandLine([]).otlp).toBeUndefined();
  expect(telemetryVariables({ OTEL_TRACES_SAMPLER: 'always_on', PATH: '/bin' })).toEqual({});
  expect(telemetryVariables({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual({});
});

it('hands functions the endpoint of the command line before that of the environment, and what else OpenTelemetry is told', () => {
  const { otlp } = commandLine(['--otlp', COLLECTOR]);
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other', OTEL_TRACES_SAMPLER: 'always_on', PATH: '/bin' };
  expect(telemetryVariables(env, otlp)).toEqual({ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_TRACES_SAMPLER: 'always_on' });
  expect(telemetryVariables(env)).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other' });
});

it.each(['4318', 'localhost:4318', 'file:///tmp/spans', ''])('refuses %j as an address', (text) => {
  expect(() => commandLine(['--otlp', text])).toThrow('--otlp takes an address like http://127.0.0.1:4318');
});
