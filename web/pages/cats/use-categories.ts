// Categories with the number of their pictures, and the pictures of one, page by page.
import { useEffect, useState } from 'preact/hooks';
import { RequestFailed } from '../../frame/http.ts';
import { findCategories, findImages } from './api.ts';
import type { CategoryName, Image } from './contract.ts';

export const PAGE_SIZE = 12;

export interface Category extends CategoryName {
  readonly count: number;
}

export interface Plates {
  readonly page: number;
  readonly count: number;
  readonly images: readonly Image[];
}

export function useCategories(version: string): { categories: readonly Category[] | undefined; failure: RequestFailed | undefined } {
  const [categories, setCategories] = useState<readonly Category[]>();
  const failure = useRequest(
    async (signal) => {
      const names = await findCategories(signal);
      const counts = await Promise.all(names.map(({ id }) => findImages(id, { limit: 1, page: 0 }, signal)));
      setCategories(names.map((name, index) => ({ ...name, count: counts[index]?.count ?? 0 })));
    },
    [version],
  );
  return { categories, failure };
}

/** The latest page that came, which may be another one than is asked for now. */
export function usePlates(
  category: number,
  page: number,
  version: string,
): { plates: Plates | undefined; failure: RequestFailed | undefined } {
  const [plates, setPlates] = useState<Plates>();
  const failure = useRequest(
    async (signal) => setPlates({ page, ...(await findImages(category, { limit: PAGE_SIZE, page }, signal)) }),
    [category, page, version],
  );
  return { plates, failure };
}

/** Asks whenever `what` changes; gives why the last question got no answer. */
function useRequest(ask: (signal: AbortSignal) => Promise<void>, what: readonly unknown[]): RequestFailed | undefined {
  const [failure, setFailure] = useState<RequestFailed>();
  useEffect(() => {
    const leaving = new AbortController();
    setFailure(undefined);
    ask(leaving.signal).catch((error: unknown) => {
      if (leaving.signal.aborted) return;
      if (!(error instanceof RequestFailed)) throw error;
      setFailure(error);
    });
    return () => leaving.abort();
  }, what);
  return failure;
}
