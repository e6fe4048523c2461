// Each fault of the tests' upstream is what it says, at each of the four jobs.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../functions/cats/routes.ts';
import { eventually } from '../support/eventually.ts';
import type { FaultKind } from '../support/upstream/faults.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';

const targets: Readonly<Record<Job, string>> = {
  breeds: '/breeds?limit=100',
  breedImages: '/images/search?breed_ids=siam&limit=3&order=ASC',
  categories: '/categories?limit=100',
  categoryImages: '/images/search?category_ids=1&limit=10&order=ASC',
};
const everyJob = Object.entries(targets) as [Job, string][];

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream.reset());
afterAll(() => upstream.stop());

const ask = (target: string, init: RequestInit = {}) => fetch(`${upstream.url}${target}`, init);
const rows = async (target: string): Promise<Record<string, unknown>[]> => (await ask(target)).json() as never;
const spoil = (job: Job, kind: FaultKind) => upstream.fault({ job, kind });

it.each([
  ['429', 429],
  ['500', 500],
  ['503', 503],
  ['401', 401],
] as const)('%s: the status is %i', async (kind, status) => {
  spoil('breeds', kind);
  const response = await ask(targets.breeds);
  expect(response.status).toBe(status);
  expect(response.headers.has('retry-after')).toBe(false);
});

it('429 in seconds, and at a date: says when to come back', async () => {
  upstream.fault({ job: 'breeds', kind: '429 in seconds', retryAfterSeconds: 7, times: 1 });
  upstream.fault({ job: 'breeds', kind: '429 at a date', retryAfterSeconds: 60 });
  expect((await ask(targets.breeds)).headers.get('retry-after')).toBe('7');
  const until = Date.parse((await ask(targets.breeds)).headers.get('retry-after') ?? '') - Date.now();
  expect(until).toBeGreaterThan(50_000);
  expect(until).toBeLessThanOrEqual(60_000);
});

describe.each(everyJob)('at %s', (job, target) => {
  it.each(['cut', 'reset', 'redirect loop'] as const)('%s: there is no answer to read', async (kind) => {
    spoil(job, kind);
    await expect(rows(target)).rejects.toThrow(TypeError);
  });

  it.each(['truncated', 'html'] as const)('%s: what comes is whole and is no JSON', async (kind) => {
    spoil(job, kind);
    const response = await ask(target);
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it.each(['hang', 'hang after headers'] as const)('%s: the answer comes with the release', async (kind) => {
    const whole = await rows(target);
    spoil(job, kind);
    const asked = rows(target);
    await eventually(() => upstream.hanging === 1);
    upstream.release();
    expect(await asked).toEqual(whole);
    expect(upstream.hanging).toBe(0);
  });

  it('not a list: JSON, but not the list that was asked for', async () => {
    spoil(job, 'not a list');
    const response = await ask(target);
    expect(response.status).toBe(200);
    expect(await response.json()).not.toBeInstanceOf(Array);
  });

  it('empty: no rows and a count of none', async () => {
    spoil(job, 'empty');
    const response = await ask(target);
    expect(response.headers.get('pagination-count')).toBe('0');
    expect(await response.json()).toEqual([]);
  });

  it('wrong count: more is told than comes', async () => {
    spoil(job, 'wrong count');
    const response = await ask(target);
    expect(Number(response.headers.get('pagination-count'))).toBeGreaterThan(((await response.json()) as unknown[]).length);
  });

  it.each(['missing id', 'missing name', 'wrong types'] as const)('%s: some rows are broken, the others are as they were', async (kind) => {
    const whole = await rows(target);
    spoil(job, kind);
    const spoilt = await rows(target);
    const same = spoilt.filter((row, place) => JSON.stringify(row) === JSON.stringify(whole[place]));
    expect(spoilt).toHaveLength(whole.length);
    expect(same.length).toBeGreaterThan(0);
    expect(same.length).toBeLessThan(whole.length);
  });

  it('new fields: every row has more than it had', async () => {
    const whole = await rows(target);
    spoil(job, 'new fields');
    const more = await rows(target);
    expect(more).toMatchObject(whole);
    expect(more.every((row, place) => Object.keys(row).length > Object.keys(whole[place] ?? {}).length)).toBe(true);
  });

  it('duplicates: rows come twice and none is lacking', async () => {
    const whole = await rows(target);
    spoil(job, 'duplicates');
    const twice = await rows(target);
    expect(twice.length).toBeGreaterThan(whole.length);
    expect([...new Map(twice.map((row) => [row.id, row])).values()]).toEqual(whole);
  });

  it('redirect: the good answer is at another host', async () => {
    const whole = await rows(target);
    spoil(job, 'redirect');
    const response = await ask(target);
    expect(new URL(response.url).hostname).toBe('localhost');
    expect(await response.json()).toMatchObject(whole.map(({ id }) => ({ id })));
  });

  it('huge: rows come for as long as they are read', async () => {
    spoil(job, 'huge');
    const reader = (await ask(target)).body?.getReader();
    let bytes = 0;
    while (bytes < 20_000_000) bytes += (await reader?.read())?.value?.length ?? Number.NaN;
    await reader?.cancel();
    expect(bytes).toBeGreaterThanOrEqual(20_000_000);
  });
});
