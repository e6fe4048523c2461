// What is known of single breeds: asked for when they are wanted, a few at a time, and again when the data has changed.
import { useEffect, useRef, useState } from 'preact/hooks';
import { RequestFailed } from '../../frame/http.ts';
import { findBreed } from './api.ts';
import type { Breed } from './contract.ts';

/** A browser opens no more connections to one server than this. */
const AT_ONCE = 6;

export type Detail = { readonly breed: Breed } | { readonly isGone: true } | { readonly failure: RequestFailed };
export type Details = ReadonlyMap<string, Detail>;

interface Question {
  readonly id: string;
  readonly version: string;
}

/** What was known of an earlier version stays until the answer of the present one is there. */
export function useDetails(version: string): { details: Details; want(ids: readonly string[]): void } {
  const [details, setDetails] = useState<Details>(new Map());
  const asking = useRef({ asked: new Map<string, string>(), waiting: [] as Question[], underWay: 0, life: new AbortController() });
  useEffect(() => () => asking.current.life.abort(), []);

  async function ask({ id, version }: Question): Promise<void> {
    const { life, asked } = asking.current;
    const keep = (detail: Detail) => asked.get(id) === version && setDetails((before) => new Map(before).set(id, detail));
    try {
      const breed = await findBreed(id, life.signal);
      keep(breed === undefined ? { isGone: true } : { breed });
    } catch (error) {
      if (life.signal.aborted) return;
      if (!(error instanceof RequestFailed)) throw error;
      keep({ failure: error });
      asked.delete(id);
    }
  }

  async function work(): Promise<void> {
    const now = asking.current;
    now.underWay++;
    for (let next = now.waiting.shift(); next !== undefined; next = now.waiting.shift()) await ask(next);
    now.underWay--;
  }

  function want(ids: readonly string[]): void {
    const { asked, waiting, underWay } = asking.current;
    const fresh = ids.filter((id) => asked.get(id) !== version);
    for (const id of fresh) asked.set(id, version);
    waiting.push(...fresh.map((id) => ({ id, version })));
    for (let free = Math.min(AT_ONCE - underWay, fresh.length); free > 0; free--) work();
  }

  return { details, want };
}

export const breedsOf = (details: Details): readonly Breed[] =>
  [...details.values()].flatMap((detail) => ('breed' in detail ? detail.breed : []));
