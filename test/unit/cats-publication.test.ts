// From staged rows to published ones: what is added, changed and removed, and what a run may not do.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { Counts, Job } from '../../functions/cats/routes.ts';
import { publish, type Staged } from '../../functions/cats/sync/publication.ts';
import { breed, breeds, brokenBreed, type CatsFixture, category, catsFixture, letter, picture, range } from './cats-fixture.ts';

const RUN = 5;

let cats: CatsFixture;
beforeAll(async () => {
  cats = await catsFixture();
});
afterAll(() => cats.stop());
beforeEach(() => cats.empty());

type Rows = Parameters<CatsFixture['staging']['stage']>[2];

/** Stages these rows and publishes them, as one run does. */
async function run(rows: Partial<Record<Job, Rows>>, more: Partial<Staged> = {}): Promise<Counts> {
  for (const [job, staged] of Object.entries(rows)) await cats.staging.stage(RUN, job as Job, staged);
  try {
    return await cats.database.transaction((connection) =>
      publish(connection, {
        runId: RUN,
        refused: { breeds: 0, breedImages: 0, categories: 0, categoryImages: 0 },
        uncertain: new Set<Job>(),
        replacesStub: false,
        ...more,
      }),
    );
  } finally {
    await cats.staging.clear(RUN + 1);
  }
}

const names = async () => (await cats.rows<{ name: string }>('SELECT name FROM cats.breeds ORDER BY id')).map(({ name }) => name);
const pictures = async () => (await cats.rows<{ id: string }>('SELECT id FROM cats.breed_images ORDER BY id')).map(({ id }) => id);

test('the first run publishes all, another one with the same rows nothing', async () => {
  const rows = {
    breeds: [breed('a'), breed('b')],
    breedImages: [picture('a', 'a1'), picture('a', 'a2'), picture('b', 'b1')],
    categories: [category(1, 'hats'), category(5, 'boxes')],
    categoryImages: [{ key: [1, 'h1'], values: ['http://h1', 0] }],
  };
  const counts = (added: number, fetched: number) => ({ fetched, refused: 0, added, changed: 0, removed: 0 });

  expect(await run(rows)).toEqual({
    breeds: counts(2, 2),
    breedImages: counts(3, 3),
    categories: counts(2, 2),
    categoryImages: counts(1, 1),
  });
  expect(await run(rows)).toEqual({
    breeds: counts(0, 2),
    breedImages: counts(0, 3),
    categories: counts(0, 2),
    categoryImages: counts(0, 1),
  });
});

test('rows of another run are none of this one', async () => {
  await cats.staging.stage(RUN - 1, 'breeds', [breed('old')]);
  expect((await run({ breeds: [breed('a')] })).breeds).toMatchObject({ fetched: 1, added: 1 });
  expect(await names()).toEqual(['a']);
});

test('changed, new and vanished rows are told apart', async () => {
  await run({ breeds: breeds(10), breedImages: range(10).map((n) => picture(letter(n), `p${n}`)) });
  const { breeds: ofBreeds, breedImages } = await run({
    breeds: [breed('b000', 'Other'), breed('b001', 'B001'), ...breeds(7, 2), breed('new')],
    breedImages: [
      picture('b000', 'p0', 'http://moved'),
      picture('b001', 'p1', 'http://p1', 2),
      ...range(7).map((n) => picture(letter(n + 2), `p${n + 2}`)),
      picture('new', 'n1'),
    ],
  });

  expect(ofBreeds).toEqual({ fetched: 10, refused: 0, added: 1, changed: 2, removed: 1 });
  expect(breedImages).toEqual({ fetched: 10, refused: 0, added: 1, changed: 2, removed: 1 });
  expect(await names()).toEqual(['Other', 'B001', ...range(7).map((n) => letter(n + 2)), 'new']);
  expect(await cats.rows("SELECT url, position FROM cats.breed_images WHERE id IN ('p0', 'p1') ORDER BY id")).toEqual([
    { url: 'http://moved', position: 0 },
    { url: 'http://p1', position: 2 },
  ]);
});

describe('a run that would remove', () => {
  it.each([5, 10, 15, 35, 65, 100])('exactly a fifth of %i does so', async (count) => {
    await run({ breeds: breeds(count) });
    expect((await run({ breeds: breeds(count * 0.8) })).breeds).toMatchObject({ removed: count / 5, fetched: count * 0.8 });
    expect(await names()).toHaveLength(count * 0.8);
  });

  it.each([5, 10, 15, 35, 67, 100])('one more than a fifth of %i removes nothing, changes nothing and says so', async (count) => {
    await run({ breeds: breeds(count) });
    const most = Math.floor(count / 5) + 1;
    const rows = [...breeds(count - most - 1), breed(letter(count - most - 1), 'Other'), breed('new')];

    await expect(run({ breeds: rows })).rejects.toThrow(
      new RegExp(`^${most} of ${count} breeds \\(\\d+ %\\) would be removed, more than 20 %`),
    );
    expect(await names()).toEqual(range(count).map(letter));
  });

  it.each<Job>(['breedImages', 'categories', 'categoryImages'])('too many %s removes nothing of any job', async (job) => {
    const rows = {
      breeds: breeds(10),
      breedImages: range(10).map((n) => picture(letter(n), `p${n}`)),
      categories: range(10).map((n) => category(n, `c${n}`)),
      categoryImages: range(10).map((n) => ({ key: [n, `h${n}`], values: ['http://h', 0] })),
    };
    await run(rows);

    await expect(run({ ...rows, breeds: breeds(9), [job]: rows[job as 'breeds'].slice(0, 7) })).rejects.toThrow(`3 of 10 ${job} (30 %)`);
    expect(await names()).toHaveLength(10);
    expect(await pictures()).toHaveLength(10);
  });

  it('all of a single row removes nothing', async () => {
    await run({ categories: [category(1, 'hats')] });
    await expect(run({})).rejects.toThrow('1 of 1 categories (100 %)');
  });
});

describe('a broken row', () => {
  it('stays published as it was, with its pictures, and others go on', async () => {
    await run({ breeds: breeds(10), breedImages: range(10).map((n) => picture(letter(n), `p${n}`)) });
    const rows = [breed('b000', 'Other'), brokenBreed('b001'), ...breeds(8, 2)];
    const images = [
      ...range(10)
        .map((n) => picture(letter(n), `p${n}`))
        .slice(0, 9),
      { key: ['b009', 'p9'], values: undefined },
    ];

    const counts = await run(
      { breeds: rows, breedImages: images },
      { refused: { breeds: 1, breedImages: 1, categories: 0, categoryImages: 0 } },
    );
    expect(counts.breeds).toEqual({ fetched: 10, refused: 1, added: 0, changed: 1, removed: 0 });
    expect(counts.breedImages).toMatchObject({ refused: 1, changed: 0, removed: 0 });
    expect(await names()).toEqual(['Other', 'b001', ...range(8).map((n) => letter(n + 2))]);
    expect(await pictures()).toHaveLength(10);
  });

  it('that was never published is not, nor are pictures without their breed', async () => {
    const counts = await run({ breeds: [breed('a'), brokenBreed('b')], breedImages: [picture('a', 'a1'), picture('b', 'b1')] });

    expect(counts.breeds).toMatchObject({ fetched: 2, added: 1 });
    expect(counts.breedImages).toMatchObject({ fetched: 2, added: 1 });
    expect(await pictures()).toEqual(['a1']);
  });
});

test('where it is uncertain what has vanished nothing is removed, and what is known is published', async () => {
  await run({ breeds: breeds(10) });
  const { breeds: counts } = await run({ breeds: [breed('b000', 'Other'), breed('new')] }, { uncertain: new Set<Job>(['breeds']) });

  expect(counts).toMatchObject({ added: 1, changed: 1, removed: 0 });
  expect(await names()).toEqual(['Other', ...range(9).map((n) => letter(n + 1)), 'new']);
});

test('pictures go with their breed, also where it is uncertain which pictures have vanished', async () => {
  await run({ breeds: breeds(10), breedImages: range(10).map((n) => picture(letter(n), `p${n}`)) });
  const { breeds: ofBreeds, breedImages } = await run({ breeds: breeds(9) }, { uncertain: new Set<Job>(['breedImages']) });

  expect([ofBreeds.removed, breedImages.removed]).toEqual([1, 1]);
  expect(await pictures()).toEqual(range(9).map((n) => `p${n}`));
});

describe('where the rows of the stub are replaced', () => {
  it('all of them may go', async () => {
    await run({ breeds: breeds(10), breedImages: [picture('b000', 'p0')] });
    const counts = await run({ breeds: [breed('real')], breedImages: [picture('real', 'r0')] }, { replacesStub: true });

    expect(counts.breeds).toMatchObject({ added: 1, removed: 10 });
    expect(await names()).toEqual(['real']);
    expect(await pictures()).toEqual(['r0']);
  });

  it('nothing does not replace them', async () => {
    await run({ breeds: breeds(10) });
    await expect(run({}, { replacesStub: true })).rejects.toThrow('there are no breeds to replace those of the stub');
    expect(await names()).toHaveLength(10);
  });
});

test.each<[string, string, number]>([
  ['the same text', 'Same', 0],
  ['another case', 'same', 1],
  ['an accent', 'Sáme', 1],
  ['a character more', 'Samey', 1],
  ['nothing', '', 1],
])('a change is any difference of a value: %s', async (_, name, changed) => {
  await run({ breeds: [breed('a', 'Same')] });
  expect((await run({ breeds: [breed('a', name)] })).breeds.changed).toBe(changed);
  expect(await names()).toEqual([name]);
});
