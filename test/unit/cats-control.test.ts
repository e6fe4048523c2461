// The controls' rules: when the next run is, which page comes next, and that a run is recorded before its function hears of it.
import { describe, expect, it, test } from 'vitest';
import { control, type Dependencies } from '../../functions/cats/control.ts';
import type { Run } from '../../functions/cats/routes.ts';
import type { SynchroniserState } from '../../functions/cats/run-log.ts';
import type { RunRepository } from '../../functions/cats/run-repository.ts';
import type { Database } from '../../functions/shared/database.ts';
import type { Refusal } from '../../functions/shared/http/answer.ts';

const NOW = new Date('2026-03-29T12:00:00.000Z');
const second = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const run = (id: number, state: Run['state'] = 'succeeded'): Run => ({
  id,
  cause: 'schedule',
  state,
  upstream: 'stub',
  requestedAt: NOW.toISOString(),
  startedAt: null,
  endedAt: null,
  counts: null,
  error: null,
});

interface Given {
  readonly state?: Partial<SynchroniserState>;
  readonly runs?: readonly Run[];
  readonly enabled?: boolean;
  readonly request?: number | undefined;
  readonly begin?: Dependencies['begin'];
}

function controls({ state = {}, runs = [run(1)], enabled = true, request, begin = async () => undefined }: Given) {
  const told: string[] = [];
  const database = { transaction: async (work: (connection: unknown) => unknown) => work({}) } as unknown as Database;
  const repository = {
    state: async () => ({ version: 1, upstream: 'stub', held: false, dueAt: null, ...state }),
    list: async (limit: number, before = Number.MAX_SAFE_INTEGER) => runs.filter(({ id }) => id < before).slice(0, limit),
    request: async () => {
      told.push('recorded');
      return request;
    },
  } as unknown as RunRepository;
  const schedule = {
    isEnabled: async () => enabled,
    enable: async () => void told.push('enabled'),
    disable: async () => void told.push('disabled'),
  };
  return { told, ...control({ database, runs: repository, schedule, everySeconds: 60, begin }) };
}

const without = { key: undefined, scope: 'POST /', payload: '', now: NOW };
const status = async (given: Given) => (await controls(given).status(NOW)).value as Record<string, unknown>;

describe('the next run', () => {
  test.each<[string, Date | null, Date]>([
    ['a period after the last', second(-10), second(50)],
    ['a period from now where the schedule has never fired', null, second(60)],
    ['in the period that has begun where some were missed', second(-200), second(40)],
    ['a period ahead where it fired this moment', NOW, second(60)],
    ['a whole period ahead where it is due this moment', second(-60), second(60)],
    ['a period after it where clocks differ', second(3), second(63)],
  ])('is %s', async (_, dueAt, nextRun) => {
    expect((await status({ state: { dueAt } })).nextRun).toBe(nextRun.toISOString());
  });

  it('is none while the schedule is stopped', async () => {
    expect(await status({ enabled: false, state: { dueAt: second(-10) } })).toMatchObject({ enabled: false, nextRun: null });
  });
});

test.each<[Run['state'], boolean, boolean]>([
  ['running', true, true],
  ['requested', true, true],
  ['running', false, false],
  ['requested', false, false],
  ['succeeded', true, false],
  ['failed', true, false],
])('a latest run that is %s, its lease held: %s, goes on: %s', async (state, held, running) => {
  expect(await status({ state: { held }, runs: [run(3, state)] })).toMatchObject({ running, lastRun: { id: 3 } });
});

test('before the first run there is no last one', async () => {
  expect(await status({ runs: [], state: { upstream: null } })).toMatchObject({ lastRun: null, running: false, upstream: null });
});

test.each([
  [2, undefined, [5, 4], '</api/v1/sync/runs?limit=2&before=4>; rel="next"'],
  [2, 4, [3, 2], '</api/v1/sync/runs?limit=2&before=2>; rel="next"'],
  [2, 2, [1], undefined],
  [5, undefined, [5, 4, 3, 2, 1], undefined],
  [2, 1, [], undefined],
])('%i runs before %s are %j, and the next page is %s', async (limit, before, ids, next) => {
  const { value, headers } = await controls({ runs: [5, 4, 3, 2, 1].map((id) => run(id)) }).list(limit, before);

  expect((value as Run[]).map(({ id }) => id)).toEqual(ids);
  expect(headers.Link).toBe(next);
});

describe('run', () => {
  it('is recorded before its function hears of it, under the same request', async () => {
    const { told, run: ask } = controls({ request: 9, begin: async (id, requestId) => void told.push(`began ${id} for ${requestId}`) });

    expect(await ask(without, 'r')).toMatchObject({ statusCode: 202, value: { run: 9 } });
    expect(told).toEqual(['recorded', 'began 9 for r']);
  });

  it('is refused while another one goes on, and nobody hears of it', async () => {
    const { told, run: ask } = controls({ request: undefined, begin: async () => void told.push('began') });
    const error = await ask(without, 'r').catch((thrown: unknown) => thrown);

    expect((error as Refusal).answer).toMatchObject({ statusCode: 409, value: { message: 'A run is going on already' } });
    expect(told).toEqual(['recorded']);
  });

  it('is no success where its function cannot be reached', async () => {
    const { run: ask } = controls({ request: 9, begin: () => Promise.reject(new Error('away')) });
    await expect(ask(without, 'r')).rejects.toThrow('away');
  });
});

test('start and stop act on the schedule and say so', async () => {
  const { told, start, stop } = controls({});

  expect([(await stop(without)).body, (await start(without)).body]).toEqual(['{"enabled":false}', '{"enabled":true}']);
  expect(told).toEqual(['disabled', 'enabled']);
});
