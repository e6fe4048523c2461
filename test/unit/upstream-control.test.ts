// What a test can tell its upstream to do, and what it learns from it.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream.reset());
afterAll(() => upstream.stop());

const ask = (target: string, init: RequestInit = {}) => fetch(`${upstream.url}${target}`, init);
const rows = async (target: string): Promise<{ id: string; name: string; url: string }[]> => (await ask(target)).json() as never;
const statuses = async (target: string, times: number) => {
  const seen: number[] = [];
  for (let time = 0; time < times; time++) seen.push((await ask(target)).status);
  return seen;
};

it('lets requests pass, spoils as many as told, and is well again', async () => {
  upstream.fault({ job: 'breeds', kind: '500', after: 1, times: 2 });
  expect(await statuses('/breeds', 4)).toEqual([200, 500, 500, 200]);
});

it('spoils until it is healed, and only the job that was named', async () => {
  upstream.fault({ job: 'breeds', kind: '503' });
  expect(await statuses('/breeds', 3)).toEqual([503, 503, 503]);
  expect(await statuses('/categories', 1)).toEqual([200]);
  upstream.heal();
  expect(await statuses('/breeds', 1)).toEqual([200]);
});

it('has faults one after the other', async () => {
  upstream.fault({ job: 'categories', kind: '500', times: 1 });
  upstream.fault({ job: 'categories', kind: '429', times: 1 });
  expect(await statuses('/categories', 3)).toEqual([500, 429, 200]);
});

it('changes, adds and removes rows of each job', async () => {
  upstream.change('breeds', (breeds) => [
    ...breeds.filter(({ id }) => id !== 'aege').map((breed) => (breed.id === 'abys' ? { ...breed, name: 'Aardcat' } : breed)),
    ...breeds.filter(({ id }) => id === 'siam').map((breed) => ({ ...breed, id: 'neww', name: 'New' })),
  ]);
  upstream.change('categories', (categories) => categories.filter(({ name }) => name !== 'hats'));
  upstream.change('breedImages', (images) => images.filter(({ id }) => id !== 'siam-2'));
  upstream.change('categoryImages', (images) => images.map((image) => (image.id === 'hats-1' ? { ...image, id: 'hats-9' } : image)));

  const breeds = await rows('/breeds');
  expect(breeds[0]).toMatchObject({ id: 'abys', name: 'Aardcat' });
  expect(breeds.map(({ id }) => id)).not.toContain('aege');
  expect(breeds.at(-1)).toMatchObject({ id: 'neww' });
  expect((await rows('/categories')).map(({ name }) => name)).not.toContain('hats');
  expect((await rows('/images/search?breed_ids=siam&limit=3&order=ASC')).map(({ id }) => id)).toEqual(['siam-1', 'siam-3']);
  const [hat] = await rows('/images/search?category_ids=1&order=ASC');
  expect(hat?.id).toBe('hats-9');
  expect((await fetch(hat?.url ?? '')).headers.get('content-type')).toBe('image/svg+xml');

  upstream.reset();
  expect((await rows('/breeds'))[1]).toMatchObject({ id: 'aege' });
});

it('remembers who asked for what, and with which key', async () => {
  upstream.fault({ job: 'breedImages', kind: '500' });
  await ask('/images/search?breed_ids=siam&limit=3', { headers: { 'x-api-key': 'live_1' } });
  await ask('/votes');
  expect(upstream.requests).toMatchObject([
    {
      method: 'GET',
      path: '/v1/images/search',
      query: { breed_ids: 'siam', limit: '3' },
      headers: { 'x-api-key': 'live_1' },
      job: 'breedImages',
      fault: { kind: '500' },
    },
    { path: '/v1/votes', job: undefined, fault: undefined },
  ]);
  expect(upstream.requests[1]?.at).toBeGreaterThanOrEqual(upstream.requests[0]?.at ?? Number.NaN);
});

it('forgets a client that hung up, and ends those that hang when it stops', async () => {
  const own = await startUpstream();
  own.fault({ job: 'breeds', kind: 'hang' });
  const leaving = new AbortController();
  const left = fetch(`${own.url}/breeds`, { signal: leaving.signal });
  await eventually(() => own.hanging === 1);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  await eventually(() => own.hanging === 0);

  const waiting = fetch(`${own.url}/breeds`);
  const failed = expect(waiting).rejects.toThrow(TypeError);
  await eventually(() => own.hanging === 1);
  await own.stop();
  await failed;
});

it('refuses faults that do not exist', () => {
  expect(() => upstream.fault({ job: 'breeds', kind: 'gone' as never })).toThrow('no such fault');
  expect(() => upstream.fault({ job: 'dogs' as never, kind: '500' })).toThrow('no such fault');
});
