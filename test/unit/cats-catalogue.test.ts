// The query API's rules: what is asked of the database, what of the cache, and what is kept there.
import { describe, expect, it, test } from 'vitest';
import { catalogue } from '../../functions/cats/catalogue.ts';
import type { CatalogueRepository } from '../../functions/cats/catalogue-repository.ts';
import type { PublishedCache } from '../../functions/cats/published-cache.ts';
import { type Answer, Refusal } from '../../functions/shared/http/answer.ts';

const VERSION = 7;
const list = [{ id: 'abys', name: 'A "quoted"\nname, 猫' }];

/** A cache in memory, or one that is away, before a database that gives `value` for everything. */
function fakes(value: unknown, cacheIsAway = false) {
  const kept = new Map<string, string>();
  const asked: unknown[][] = [];
  const read =
    (name: string) =>
    async (...input: unknown[]) => {
      asked.push([name, ...input]);
      return { version: VERSION, value };
    };
  const names = ['breeds', 'breed', 'categories', 'category', 'images'];
  const repository = Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as CatalogueRepository;
  const versions: number[] = [];
  let isNamed = true;
  const naming: number[] = [];
  const named = Promise.withResolvers<void>();
  const cache = {
    find: async (question: string) => (cacheIsAway ? undefined : (kept.get(question) ?? null)),
    keep: async (version: number, question: string, answer: string) => {
      versions.push(version);
      if (isNamed) kept.set(question, answer);
      return isNamed;
    },
  } as PublishedCache;
  const nameVersion = async () => {
    naming.push(VERSION);
    isNamed = true;
    await named.promise;
  };
  const forget = () => {
    isNamed = false;
    kept.clear();
  };
  return { queries: catalogue(repository, cache, nameVersion), kept, asked, versions, naming, named, forget };
}

const sent = ({ statusCode, headers, body }: Answer) => ({ statusCode, headers, body });
const refusal = (work: Promise<Answer>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? sent(error.answer) : error),
  );
const JSON_HEADERS = { 'content-type': 'application/json' };
const refused = (statusCode: number, message: string) => ({ statusCode, headers: JSON_HEADERS, body: JSON.stringify({ message }) });

describe('an answer', () => {
  it('from the cache is the one from the database, to the character, and is not checked again', async () => {
    const { queries, asked, versions } = fakes(list);
    const first = await queries.breeds({});
    const second = await queries.breeds({});

    expect(sent(second)).toEqual(sent(first));
    expect(sent(first)).toEqual({ statusCode: 200, headers: JSON_HEADERS, body: JSON.stringify(list) });
    expect([first.checked, second.checked]).toEqual([undefined, true]);
    expect(asked).toHaveLength(1);
    expect(versions).toEqual([VERSION]);
  });

  it('keeps its headers in the cache', async () => {
    const { queries } = fakes({ images: [{ id: 'a', url: 'http://a/1' }], count: 45 });
    const page = () => queries.images({ breed: 'a b', category: undefined, limit: 20, page: 1 });
    const first = await page();

    expect(first.headers).toEqual({
      ...JSON_HEADERS,
      'pagination-count': '45',
      'pagination-page': '1',
      'pagination-limit': '20',
      Link: '</api/v1/images/?breed=a+b&limit=20&page=2>; rel="next"',
    });
    expect(sent(await page())).toEqual(sent(first));
  });

  it('is not kept where it is a page after the last one: there is no end of those', async () => {
    const { queries, kept } = fakes({ images: [], count: 3 });
    expect(await queries.images({ breed: undefined, category: undefined, limit: 2, page: 9 })).toMatchObject({
      statusCode: 200,
      body: '[]',
    });
    expect(kept.size).toBe(0);
  });

  it('names the version where none has a name, once for all that are asked meanwhile, and is kept from then on', async () => {
    const { queries, kept, naming, named, forget } = fakes(list);
    forget();
    named.resolve();
    await Promise.all([queries.breeds({}), queries.breeds({}), queries.categories()]);
    expect(naming).toEqual([VERSION]);
    expect(kept.size).toBe(0);
    await queries.breeds({});
    expect(kept.size).toBe(1);
  });

  it('is given when the version is named, not before: the environment may be frozen from then on', async () => {
    const { queries, naming, named, forget } = fakes(list);
    forget();
    const events: string[] = [];
    const answered = queries.breeds({}).then(() => events.push('answered'));
    await expect.poll(() => naming).toEqual([VERSION]);
    setImmediate(() => {
      events.push('named');
      named.resolve();
    });
    await answered;
    expect(events).toEqual(['named', 'answered']);
  });

  it('is given although the version cannot be named', async () => {
    const { queries, named, forget } = fakes(list);
    forget();
    named.reject(new Error('down'));
    expect(await queries.breeds({})).toMatchObject({ statusCode: 200 });
  });

  it('is not kept where the cache is away', async () => {
    const { queries, asked, versions } = fakes(list, true);
    await queries.breeds({});
    await queries.breeds({});

    expect(asked).toHaveLength(2);
    expect(versions).toEqual([]);
  });

  it('of nothing is not found and not kept', async () => {
    for (const nothing of [[], undefined]) {
      const { queries, kept } = fakes(nothing);
      expect(await refusal(queries.breeds({ origin: 'Atlantis' }))).toEqual(refused(404, 'not found'));
      expect(await refusal(queries.breed('nobody'))).toEqual(refused(404, 'not found'));
      expect(kept.size).toBe(0);
    }
  });
});

test('questions that differ have answers of their own', async () => {
  const { queries, kept, asked } = fakes(list);
  await queries.breeds({});
  await queries.breeds({ temperament: 'A' });
  await queries.breeds({ origin: 'A' });
  await queries.breed('A');
  await queries.categories();
  await queries.category('A');

  expect(kept.size).toBe(6);
  expect(asked).toEqual([
    ['breeds', undefined],
    ['breeds', { temperament: 'A' }],
    ['breeds', { origin: 'A' }],
    ['breed', 'A'],
    ['categories'],
    ['category', 'A'],
  ]);
});

test('temperament wins over origin, also an empty one', async () => {
  const { queries, asked } = fakes(list);
  await queries.breeds({ origin: 'B', temperament: 'A' });
  await queries.breeds({ origin: 'B', temperament: '' });

  expect(asked).toEqual([
    ['breeds', { temperament: 'A' }],
    ['breeds', { temperament: '' }],
  ]);
});

test('err asks neither the cache nor the database', async () => {
  const { queries, asked } = fakes(list);

  expect(await refusal(queries.breeds({ err: '"x"', origin: 'A' }))).toEqual(refused(500, 'error request: "x"'));
  expect(asked).toEqual([]);
});

test.each([
  [45, 20, 0, true],
  [45, 20, 2, false],
  [40, 20, 1, false],
  [41, 20, 1, true],
  [0, 20, 0, false],
  [45, 20, 1_000, false],
])('of %i pictures in pages of %i page %i has a next one: %s', async (count, limit, page, has) => {
  const { queries } = fakes({ images: [], count });
  expect('Link' in (await queries.images({ breed: undefined, category: undefined, limit, page })).headers).toBe(has);
});
