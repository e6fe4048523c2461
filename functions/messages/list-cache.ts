// Pages of the list in Redis. A key names the last id that its page takes part in, and messages never change: so no entry is ever stale, and none
// is ever removed by hand. The database says what the last id is, which is one row; Redis saves reading a thousand.
import type { WithCache } from '../shared/cache.ts';
import type { Range } from './repository.ts';

/** A page as it is sent. */
export interface Page {
  /** JSON text of `[[id, payload], …]`. */
  readonly text: string;
  readonly ids: readonly number[];
  /** Id to go on after; undefined on the last page. */
  readonly next: number | undefined;
}

const SECONDS = 300;

export const listCache =
  (withCache: WithCache) =>
  async (range: Range, read: () => Promise<Page>): Promise<Page> => {
    const key = `messages:page:${JSON.stringify(range)}`;
    const cached = await withCache((redis) => redis.get(key));
    if (cached) return JSON.parse(cached) as Page;
    const page = await read();
    // undefined: Redis was away a moment ago. Otherwise the page need not wait until it is kept.
    if (cached === null) void withCache((redis) => redis.set(key, JSON.stringify(page), 'EX', SECONDS));
    return page;
  };
