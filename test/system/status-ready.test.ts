// `GET /status/ready`: the health document of draft-inadarei-api-health-check, for probes.
import { beforeAll, expect, test } from 'vitest';
import { send } from './application.ts';

let answer: Response;
let text: string;
let health: { status: string; checks: Record<string, Record<string, unknown>[]> };

beforeAll(async () => {
  answer = await send('/status/ready');
  text = await answer.text();
  health = JSON.parse(text);
});

test('passes with 200 while everything is up, as application/health+json', () => {
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/health+json');
  expect(Object.keys(health)).toEqual(['status', 'checks']);
  expect(health.status).toBe('pass');
});

test('checks each layer once, with its latency in milliseconds and when it was asked', () => {
  expect(Object.keys(health.checks)).toEqual(['database:responseTime', 'cache:responseTime', 'messaging:responseTime']);
  const types = Object.values(health.checks).map(([check, ...more]) => {
    expect(more).toEqual([]);
    expect(check).toMatchObject({ status: 'pass', observedUnit: 'ms', observedValue: expect.any(Number) });
    expect(check?.observedValue).toBeGreaterThan(0);
    expect(check?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    return check?.componentType;
  });
  expect(types).toEqual(['datastore', 'datastore', 'component']);
});

test('says which transport carries messages', () => {
  expect(health.checks['messaging:responseTime']?.[0]?.output).toMatch(/^transport: (kafka|sqs)$/);
});

test('tells no host names, addresses, ports or secrets', () => {
  const values = Object.values(health.checks).flatMap((checks) => checks.flatMap((check) => Object.values(check)));
  const texts = values.filter((value) => typeof value === 'string' && !/^\d{4}-\d\d-\d\dT/.test(value));

  expect(new Set(texts)).toEqual(new Set(['datastore', 'component', 'ms', 'pass', health.checks['messaging:responseTime']?.[0]?.output]));
  expect(text).not.toMatch(/localhost|127\.0\.0\.1|amazonaws|password|:\/\//i);
});

test('answers with a slash at the end, too', async () => {
  expect((await send('/status/ready/')).status).toBe(200);
});
