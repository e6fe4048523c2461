// Tracing is told of the work and never holds it up: a collector that hangs or is away costs one bounded wait, and none at all where none is named.
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../../local/backends/ports.ts';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { type Collector, collector } from '../support/otlp-collector.ts';

/**
 * What an event waits for a collector that does not answer, once in half a minute: functions/shared/tracing/flush.ts. If all of them waited, none
 * would be quicker than that; if one waited without a bound, its function would run out of time, and nobody would get an answer.
 */
const BOUND_MS = 1_000;
const WARNING = 'spans do not reach the collector';

let told: Collector | undefined;
let app: HostedApp | undefined;

afterEach(async () => {
  await app?.stop();
  await app?.forget();
  await told?.stop();
  told = undefined;
});

/** Milliseconds of five answers, one after the other, once there is one: on a machine that does much else besides, the first may come too late. */
async function answers(url: string): Promise<number[]> {
  await eventually(async () => (await fetch(`${url}/healthz`)).status === 200);
  const all: number[] = [];
  for (let n = 0; n < 5; n++) {
    const began = performance.now();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    all.push(performance.now() - began);
  }
  return all;
}

const warningsOf = ({ output }: HostedApp, service: string) =>
  output()
    .split('\n')
    .filter((line) => line.includes(WARNING) && line.includes(`"service":"${service}"`)).length;

it('waits once and not long for a collector that hangs, says so once, and answers everything', async () => {
  told = await collector({ hangs: true });
  app = await startApp({ flags: ['--no-kafka', '--otlp', told.url] });

  const times = await answers(app.url);

  expect(told.requests).toBeGreaterThan(0);
  expect(Math.min(...times)).toBeLessThan(BOUND_MS);
  const running = app;
  // One an environment: under much load, a second may have started.
  expect(await eventually(() => warningsOf(running, 'status/api') || undefined)).toBeLessThan(times.length);
});

it('does not wait for a collector that is not there', async () => {
  app = await startApp({ flags: ['--no-kafka', '--otlp', `http://127.0.0.1:${await freePort()}`] });

  const times = await answers(app.url);

  expect(Math.min(...times)).toBeLessThan(BOUND_MS);
  const running = app;
  // One an environment: under much load, a second may have started.
  expect(await eventually(() => warningsOf(running, 'status/api') || undefined)).toBeLessThan(times.length);
});

it('sends nothing where no collector is named, whatever else of OpenTelemetry is set', async () => {
  told = await collector();
  app = await startApp({ flags: ['--no-kafka'], environment: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${told.url}/v1/traces` } });

  await answers(app.url);

  expect(told.requests).toBe(0);
  expect(app.output()).not.toContain(WARNING);
});

it('is turned on by the variable, too', async () => {
  const listening = await collector();
  told = listening;
  app = await startApp({ flags: ['--no-kafka'], environment: { OTEL_EXPORTER_OTLP_ENDPOINT: listening.url } });

  const times = await answers(app.url);

  await eventually(() => listening.spans.filter(({ name }) => name === 'GET /healthz').length > times.length);
});
