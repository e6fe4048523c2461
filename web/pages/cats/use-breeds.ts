// The names of all breeds, and of those that a search found. Another version of the data is another question.
import { useEffect, useState } from 'preact/hooks';
import { RequestFailed } from '../../frame/http.ts';
import type { Search } from './address.ts';
import { findBreeds } from './api.ts';
import type { BreedName } from './contract.ts';

export interface Found {
  readonly search: Search | undefined;
  readonly breeds: readonly BreedName[];
}

export interface Breeds {
  readonly all: readonly BreedName[] | undefined;
  /** The latest that came; of an earlier search while the present one is under way. */
  readonly found: Found | undefined;
  readonly failure: RequestFailed | undefined;
  again(): void;
}

export function useBreeds(search: Search | undefined, version: string): Breeds {
  const [all, setAll] = useState<readonly BreedName[]>();
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<RequestFailed>();
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    Promise.all([findBreeds(undefined, signal), search && findBreeds(search, signal)])
      .then(([every, some]) => {
        setAll(every);
        setFound({ search, breeds: some ?? every });
        setFailure(undefined);
      })
      .catch((error: unknown) => {
        if (signal.aborted) return;
        if (!(error instanceof RequestFailed)) throw error;
        setFailure(error);
      });
    return () => leaving.abort();
  }, [search?.by, search?.value, version, tries]);

  return { all, found, failure, again: () => setTries(tries + 1) };
}
