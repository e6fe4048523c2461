// The synchroniser's controls: its status, its runs, and turning its schedule off and on.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../functions/cats/routes.ts';
import { eventually } from '../support/eventually.ts';
import { JSON_TYPE, said, send } from './application.ts';
import { BAD_REQUEST, control, encoded, ended, get, nextOf, ok, published, requested, runs, status } from './cats-client.ts';

const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const whole = expect.toSatisfy((value: unknown) => Number.isInteger(value) && (value as number) >= 0);
const upstream = expect.stringMatching(/^(thecatapi|configured|stub)$/);
const jobCounts = { fetched: whole, refused: whole, added: whole, changed: whole, removed: whole };
const counts = { breeds: jobCounts, breedImages: jobCounts, categories: jobCounts, categoryImages: jobCounts };

beforeAll(published);
afterAll(() => control('start'));

test('the status has these keys', async () => {
  const found = await status();

  expect(Object.keys(found)).toEqual(['enabled', 'running', 'lastRun', 'nextRun', 'everySeconds', 'upstream']);
  expect(found).toMatchObject({ enabled: expect.any(Boolean), running: expect.any(Boolean), everySeconds: whole, upstream });
  expect(await get('/api/v1/sync/')).toMatchObject({ status: 200, type: JSON_TYPE });
});

test('a run that went well says when, for whom, from where and how many', async () => {
  const run = await ended(await requested());

  expect(run).toEqual({
    id: expect.any(Number),
    cause: 'request',
    state: 'succeeded',
    upstream,
    requestedAt: iso,
    startedAt: iso,
    endedAt: iso,
    counts,
    error: null,
  });
  expect(run.requestedAt <= (run.startedAt ?? '') && (run.startedAt ?? '') <= (run.endedAt ?? '')).toBe(true);
  expect((await status()).lastRun?.id).toBeGreaterThanOrEqual(run.id);
});

describe('runs', () => {
  beforeAll(async () => {
    for (let made = 0; made < 3; made++) await ended(await requested());
  });

  test('are listed latest first, each once, over all pages', async () => {
    const first = (await runs()) as Run[];
    const ids = first.map(({ id }) => id);
    const paged: number[] = [];
    // From a run on that is there already: the schedule may add others meanwhile.
    let path: string | undefined = `/api/v1/sync/runs?limit=2&before=${(ids[0] as number) + 1}`;
    while (path && paged.length < ids.length) {
      const answer: Response = await send(path);
      paged.push(...((await answer.json()) as Run[]).map(({ id }) => id));
      path = nextOf(answer);
    }

    expect(ids).toEqual(ids.toSorted((one, other) => other - one));
    expect(new Set(ids).size).toBe(ids.length);
    expect(paged.slice(0, ids.length)).toEqual(ids);
  });

  test('before the first are none, and the last page has no link', async () => {
    expect(await get('/api/v1/sync/runs/?before=1')).toEqual(ok([]));
    const oldest = (await runs()).at(-1) as Run;
    const last = await send(`/api/v1/sync/runs?limit=1&before=${oldest.id + 1}`);
    const after = await send(`/api/v1/sync/runs?limit=1&before=${oldest.id}`);

    expect((await last.json()) as Run[]).toHaveLength(1);
    expect(nextOf(last) !== undefined).toBe(((await after.json()) as Run[]).length > 0);
  });

  test('are 20 unless they are asked for another number', async () => {
    expect((await runs('')).length).toBeLessThanOrEqual(20);
    expect((await runs('?limit=1')).length).toBe(1);
  });

  test.each(['limit=0', 'limit=101', 'limit=abc', 'limit=', 'limit=0x10', 'before=0', 'before=-1', 'before=', 'page=1', 'foo=1'])(
    'with %s are a bad request',
    async (query) => {
      expect(await get(`/api/v1/sync/runs?${query}`)).toEqual(BAD_REQUEST);
    },
  );
});

describe('stop and start', () => {
  const stopped = ok({ enabled: false });
  const started = ok({ enabled: true });

  test('turn the schedule off and on, and change nothing when it is so already', async () => {
    expect(await said(control('stop'))).toEqual(stopped);
    expect(await said(control('stop'))).toEqual(stopped);
    expect(await status()).toMatchObject({ enabled: false, nextRun: null });

    expect(await said(control('start'))).toEqual(started);
    expect(await said(control('start'))).toEqual(started);
    const { enabled, nextRun, everySeconds } = await status();
    const ahead = Date.parse(nextRun as string) - Date.now();
    expect(enabled).toBe(true);
    expect(ahead).toBeLessThanOrEqual(everySeconds * 1000);
    expect(ahead).toBeGreaterThan(-5_000);
  });

  test('leave a run that is asked for alone: it begins while the schedule is off', async () => {
    await control('stop');
    const run = await ended(await requested());

    expect(run).toMatchObject({ cause: 'request', state: 'succeeded' });
    expect(await eventually(async () => !(await status()).running)).toBe(true);
    expect((await status()).enabled).toBe(false);
  });
});

describe('without a key', () => {
  const forbidden = { status: 403, type: JSON_TYPE, body: '{"message":"Forbidden"}' };

  test.each(['start', 'stop', 'run'])('%s is forbidden', async (action) => {
    for (const path of [`/api/v1/sync/${action}`, `/api/v1/sync/${action}/`])
      for (const headers of [{}, { 'x-api-key': 'wrong' }, { 'x-api-key': '' }] as Record<string, string>[])
        expect(await said(send(path, { method: 'POST', headers }))).toEqual(forbidden);
  });

  test('status and runs can be read', async () => {
    expect(await get('/api/v1/sync')).toMatchObject({ status: 200 });
    expect(await get('/api/v1/sync/runs')).toMatchObject({ status: 200 });
  });
});

test.each([
  ['GET', 'start'],
  ['GET', 'run'],
  ['PUT', 'run'],
  ['DELETE', 'runs'],
  ['POST', 'runs'],
  ['POST', ''],
  ['GET', encoded('run/1')],
])('%s of %j is not found', async (method, action) => {
  expect(await said(send(`/api/v1/sync/${action}`, { method }))).toMatchObject({ status: 404, body: '{"message":"not found"}' });
});
