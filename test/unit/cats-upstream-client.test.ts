// Asking an upstream: pages, tries and pauses, and what is not taken for an answer.
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { type Upstream as Client, type Patience, upstreamClient } from '../../functions/cats/upstream/client.ts';
import { bundledCatalogue } from '../../functions/cats/upstream-stub/catalogue.ts';
import type { Fault } from '../support/upstream/faults.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';

const QUICK: Patience = { tryMs: 200, pauseMs: 10, longestPauseMs: 1_500 };
const BREEDS = bundledCatalogue.breeds.map(({ id }) => id);
const TRIES = 4;

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterEach(() => {
  upstream.release();
  upstream.reset();
  vi.restoreAllMocks();
});
afterAll(() => upstream.stop());

const client = (key = 'k', signal = new AbortController().signal, patience = QUICK): Client =>
  upstreamClient({ kind: 'configured', url: upstream.url, key }, signal, patience);
const breeds = (limit = 100, from = client()) => from.list({ path: '/breeds', limit });
const ids = (rows: readonly unknown[]) => rows.map((row) => (row as { id: string }).id);
/** Between one try and the next, in milliseconds. */
const pauses = () => upstream.requests.slice(1).map(({ at }, index) => at - (upstream.requests[index]?.at as number));
const spoil = (fault: Omit<Fault, 'job'>) => upstream.fault({ job: 'breeds', ...fault });

describe('pages', () => {
  test.each([1, 7, BREEDS.length - 1, BREEDS.length, BREEDS.length + 1, 100])('of %i are followed to the end', async (limit) => {
    expect(ids(await breeds(limit))).toEqual(BREEDS);
    expect(upstream.requests.map(({ query }) => query)).toEqual(
      Array.from({ length: Math.ceil(BREEDS.length / limit) }, (_, page) => ({ limit: String(limit), page: String(page) })),
    );
  });

  it('are no more than what is wanted', async () => {
    expect(ids(await client().list({ path: '/breeds', limit: 5, most: 12 }))).toEqual(BREEDS.slice(0, 12));
    expect(upstream.requests).toHaveLength(3);
  });

  it('that hold fewer rows than were told are half a list', async () => {
    spoil({ kind: 'wrong count' });
    await expect(breeds()).rejects.toThrow(`/breeds told of ${BREEDS.length + 5} rows and gave ${BREEDS.length}`);
  });

  it('pass on what else is asked', async () => {
    const rows = await client().list({ path: '/images/search', query: { breed_ids: 'abys', order: 'ASC' }, limit: 3, most: 3 });
    expect(rows).toHaveLength(3);
    expect(upstream.requests[0]?.query).toEqual({ breed_ids: 'abys', order: 'ASC', limit: '3', page: '0' });
  });
});

test('the key goes along, once, and an empty one does not', async () => {
  await breeds(100, client('live_1'));
  await breeds(100, client(''));

  expect(upstream.requests.map(({ headers }) => headers['x-api-key'])).toEqual(['live_1', undefined]);
});

describe('a try more', () => {
  test.each(['429', '500', '503', 'reset'] as const)('follows %s, and the list is whole', async (kind) => {
    spoil({ kind, times: 2 });
    expect(ids(await breeds())).toEqual(BREEDS);
    expect(upstream.requests).toHaveLength(3);
  });

  test.each([
    ['429', 'Too Many Requests'],
    ['500', '500'],
    ['503', '503'],
  ] as const)('is the last after three: %s', async (kind, reason) => {
    spoil({ kind });
    await expect(breeds()).rejects.toThrow(new RegExp(`^/breeds failed: .*${reason}`, 's'));
    expect(upstream.requests).toHaveLength(TRIES);
  });

  test.each(['429 in seconds', '429 at a date'] as const)('comes when %s says', async (kind) => {
    // A date has whole seconds: a second from now is up to a second nearer there.
    spoil({ kind, times: 1, retryAfterSeconds: kind === '429 at a date' ? 2 : 1 });
    await breeds();

    expect(pauses()).toHaveLength(1);
    expect(pauses()[0]).toBeGreaterThan(950);
    expect(pauses()[0]).toBeLessThan(2_500);
  });

  it('does not wait for longer than a run can', async () => {
    spoil({ kind: '429 in seconds', times: 1, retryAfterSeconds: 3_600 });
    await breeds();
    expect(pauses()[0]).toBeLessThan(QUICK.longestPauseMs + 1_000);
  });

  test.each([
    [0.999, 50, [49, 99, 199]],
    [0, 400, [0, 0, 0]],
  ])('comes after a pause of full jitter: by chance %d', async (chance, pauseMs, least) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    spoil({ kind: '503', times: 3 });
    await breeds(100, client('k', undefined, { ...QUICK, pauseMs }));

    expect(pauses()).toHaveLength(3);
    for (const [index, pause] of pauses().entries()) {
      expect(pause).toBeGreaterThanOrEqual((least[index] as number) - 1);
      // The shortest of the pauses, had there been no chance in it.
      expect(pause).toBeLessThan((least[index] as number) + 390);
    }
  });
});

describe('not tried again', () => {
  test.each([
    ['401', /401/],
    ['truncated', /is not JSON, or only half of it/],
    ['html', /is not JSON, or only half of it/],
    ['cut', /\/breeds failed: /],
    ['hang', /there was no whole answer within 0.2 s/],
    ['hang after headers', /there was no whole answer within 0.2 s/],
  ] as const)('is %s', async (kind, reason) => {
    spoil({ kind });
    await expect(breeds()).rejects.toThrow(reason);
    expect(upstream.requests).toHaveLength(1);
  });
});

test('an answer without an end is left off after 5 MB, and not tried again', async () => {
  spoil({ kind: 'huge' });
  const patient = client('k', undefined, { ...QUICK, tryMs: 20_000 });

  await expect(breeds(100, patient)).rejects.toThrow('/breeds failed: the answer has more than 5000000 bytes');
  expect(upstream.requests).toHaveLength(1);
});

test.each(['redirect', 'redirect loop'] as const)('a %s is not followed: a key goes nowhere else', async (kind) => {
  spoil({ kind });
  await expect(breeds()).rejects.toThrow('/breeds failed');
  expect(upstream.requests.filter(({ path }) => path !== '/v1/breeds')).toEqual([]);
  expect(upstream.requests.filter(({ fault }) => fault === undefined)).toEqual([]);
});

test('a signal ends whatever is under way, with its reason', async () => {
  const late = new AbortController();
  spoil({ kind: 'hang' });
  const asked = breeds(100, client('k', late.signal));
  await vi.waitUntil(() => upstream.hanging === 1);
  late.abort(new Error('the run took longer than 50 s'));

  await expect(asked).rejects.toThrow('/breeds failed: the run took longer than 50 s');
});

test('a signal ends a pause, too', async () => {
  const late = new AbortController();
  spoil({ kind: '429 in seconds', retryAfterSeconds: 1 });
  const asked = breeds(100, client('k', late.signal));
  await vi.waitUntil(() => upstream.requests.length === 1);
  late.abort(new Error('the lease was lost'));

  await expect(asked).rejects.toThrow('the lease was lost');
  expect(upstream.requests).toHaveLength(1);
});

test('no rows are a list', async () => {
  spoil({ kind: 'empty' });
  expect(await breeds()).toEqual([]);
});

test('an answer that is no list is refused', async () => {
  await expect(client().list({ path: '/breeds/abys', limit: 1 })).rejects.toThrow('/breeds/abys failed: what came is no list');
});
