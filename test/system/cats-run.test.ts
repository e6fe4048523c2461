// `POST /api/v1/sync/run`: at once, once, and never two at a time.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../functions/cats/routes.ts';
import { JSON_TYPE, said } from './application.ts';
import { control, ended, published, requested, runs } from './cats-client.ts';

const keyed = (key: string, body?: string) => ({ headers: { 'idempotency-key': key }, ...(body === undefined ? {} : { body }) });
const times = ({ requestedAt, endedAt }: Run) => ({ from: Date.parse(requestedAt), to: Date.parse(endedAt as string) });

beforeAll(published);

test('is accepted, begins at once and ends well, once', async () => {
  const before = (await runs())[0]?.id as number;
  const id = await requested();
  const run = await ended(id);

  expect(id).toBeGreaterThan(before);
  expect(run).toMatchObject({ cause: 'request', state: 'succeeded' });
  expect(Date.parse(run.startedAt as string) - Date.parse(run.requestedAt)).toBeLessThan(5_000);
  expect((await runs()).filter((other) => other.id > before && other.cause === 'request')).toEqual([run]);
});

test('is answered with the id of the run and nothing else', async () => {
  const id = await requested(keyed(randomUUID()));

  expect(Number.isInteger(id)).toBe(true);
  await ended(id);
});

test('of several at once those that are accepted never go on at the same time', async () => {
  const before = (await runs())[0]?.id as number;
  const answers = await Promise.all(Array.from({ length: 8 }, () => said(control('run'))));
  const accepted = answers.filter(({ status }) => status === 202).map(({ body }) => (JSON.parse(body) as { run: number }).run);

  for (const answer of answers.filter(({ status }) => status !== 202))
    expect(answer).toEqual({ status: 409, type: JSON_TYPE, body: '{"message":"A run is going on already"}' });
  expect(accepted.length).toBeLessThan(8);
  await Promise.all(accepted.map(ended));
  const made = (await runs()).filter(({ id, endedAt }) => id > before && endedAt !== null);
  expect(made.filter(({ cause }) => cause === 'request').map(({ id }) => id)).toEqual(accepted.toSorted((one, other) => other - one));
  for (const one of made.map(times)) expect(made.map(times).filter(({ from, to }) => from < one.to && one.from < to)).toHaveLength(1);
});

describe('with an Idempotency-Key', () => {
  test('gives the first answer again, and runs once', async () => {
    const key = randomUUID();
    const id = await requested(keyed(key));
    await ended(id);
    const again = await control('run', keyed(key));

    expect(again.status).toBe(202);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.json()).toEqual({ run: id });
    expect((await runs()).filter((run) => run.id > id && run.cause === 'request')).toEqual([]);
  });

  test('and another payload is refused', async () => {
    const key = randomUUID();
    await ended(await requested(keyed(key, '{"a":1}')));

    expect(await said(control('run', keyed(key, '{"a":2}')))).toEqual({
      status: 422,
      type: JSON_TYPE,
      body: '{"message":"This Idempotency-Key was used with another payload"}',
    });
  });

  test('several at once are one run', async () => {
    const key = randomUUID();
    const before = (await runs())[0]?.id as number;
    await ended(await requested());
    const answers = await Promise.all(Array.from({ length: 6 }, () => control('run', keyed(key))));
    const id = await requested(keyed(key));
    await ended(id);

    for (const answer of answers) expect(answer.status).toBeOneOf([202, 409]);
    for (const answer of answers.filter(({ status }) => status === 202)) expect(await answer.json()).toEqual({ run: id });
    expect((await runs()).filter((run) => run.id > before && run.cause === 'request')).toHaveLength(2);
  });

  test('of start and stop replays what was said, and does nothing again', async () => {
    const [stop, start] = [randomUUID(), randomUUID()];
    await control('stop', keyed(stop));
    const first = await control('start', keyed(start));
    const replayed = await control('stop', keyed(stop));

    expect([first.headers.get('idempotent-replayed'), replayed.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    expect(await replayed.json()).toEqual({ enabled: false });
    expect(await (await control('start')).json()).toEqual({ enabled: true });
  });

  test.each([0, 256])('of %i characters is refused', async (length) => {
    expect(await said(control('run', keyed('k'.repeat(length))))).toMatchObject({
      status: 400,
      body: '{"message":"Idempotency-Key must have 1 to 255 characters"}',
    });
  });
});
