// The rules of the query API. No clock, no environment, no SQL: what it needs is handed in.
import { type Answer, json, Refusal } from '../shared/http/answer.ts';
import { log } from '../shared/logging.ts';
import type { BreedFilter, CatalogueRepository, ImageFilter, Versioned } from './catalogue-repository.ts';
import type { PublishedCache } from './published-cache.ts';

export interface BreedQuery {
  readonly temperament?: string | undefined;
  readonly origin?: string | undefined;
  readonly err?: string | undefined;
}

export const notFound = () => new Refusal(json({ message: 'not found' }, 404));

/** @param nameVersion names the published version in the cache, unless somebody publishes just now; waits for nobody */
export function catalogue(published: CatalogueRepository, cache: PublishedCache, nameVersion: () => Promise<void>) {
  let naming: Promise<void> | undefined;

  /**
   * The answer waits for this: its environment may be frozen once it is given, and must not hold a lock then. An answer that came too early is kept
   * the next time.
   */
  async function keep(version: number, question: string, answer: Answer): Promise<void> {
    if (await cache.keep(version, question, packed(answer))) return;
    naming ??= nameVersion().finally(() => {
      naming = undefined;
    });
    await naming.catch((error: unknown) => log.warn('the version cannot be named', error as Error));
  }

  /** Answers from the cache, or by `read`; only what was found is kept. */
  async function cached<Value>(
    question: unknown,
    read: () => Promise<Versioned<Value | undefined>>,
    answer: (value: Value) => Answer,
  ): Promise<Answer> {
    const text = JSON.stringify(question);
    const found = await cache.find(text);
    if (found) return unpacked(found);
    const { version, value } = await read();
    if (value === undefined || (Array.isArray(value) && value.length === 0)) throw notFound();
    const given = answer(value);
    // Pages after the last one are not kept: there is no end of them.
    if (found === null && given.body !== '[]') await keep(version, text, given);
    return given;
  }

  return {
    async breeds({ temperament, origin, err }: BreedQuery): Promise<Answer> {
      if (err !== undefined) throw new Refusal(json({ message: `error request: ${err}` }, 500));
      const filter: BreedFilter = temperament !== undefined ? { temperament } : origin !== undefined ? { origin } : undefined;
      return cached(['breeds', filter], () => published.breeds(filter), json);
    },
    breed: (id: string) => cached(['breed', id], () => published.breed(id), json),
    categories: () => cached(['categories'], () => published.categories(), json),
    category: (id: string) => cached(['category', id], () => published.category(id), json),

    /** An empty filter is none, as `?breed=&category=` is written in forms. */
    images: ({ breed, category, limit, page }: ImageFilter) => {
      const filter: ImageFilter = { breed: breed || undefined, category: category || undefined, limit, page };
      return cached(
        ['images', filter],
        () => published.images(filter),
        ({ images, count }) => json(images, 200, pagination(filter, count)),
      );
    },
  };
}

function pagination({ breed, category, limit, page }: ImageFilter, count: number): Answer['headers'] {
  const next = new URLSearchParams({
    ...(breed === undefined ? {} : { breed }),
    ...(category === undefined ? {} : { category }),
    limit: String(limit),
    page: String(page + 1),
  });
  return {
    'pagination-count': String(count),
    'pagination-page': String(page),
    'pagination-limit': String(limit),
    ...((page + 1) * limit < count ? { Link: `</api/v1/images/?${next}>; rel="next"` } : {}),
  };
}

/** Headers on the first line, the body as it is sent on the second. */
const packed = ({ headers, body }: Answer): string => `${JSON.stringify(headers)}\n${body}`;

function unpacked(text: string): Answer {
  const end = text.indexOf('\n');
  return { statusCode: 200, headers: JSON.parse(text.slice(0, end)), body: text.slice(end + 1), checked: true };
}
