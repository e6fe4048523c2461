// What is written down of a breed: facts, a description in our own words, and what its cats look like in a drawing.

import type { CoatName } from '../picture/coats.ts';

/** The traits that rows at thecatapi.com mark with 1 where a breed has them. */
export type Mark = 'experimental' | 'hairless' | 'natural' | 'rare' | 'rex' | 'suppressed_tail' | 'short_legs' | 'hypoallergenic' | 'lap';

export interface Look {
  /** One a picture. */
  readonly coats: readonly [CoatName, CoatName, CoatName];
  readonly pattern: 'solid' | 'tabby' | 'ticked' | 'spotted' | 'striped' | 'pointed' | 'mitted' | 'patched' | 'van' | 'smoke';
  readonly hair: 'none' | 'short' | 'curly' | 'medium' | 'long';
  readonly ears: 'upright' | 'large' | 'small' | 'curled' | 'folded';
  readonly tail: 'long' | 'plume' | 'bob';
  readonly eyes: readonly [string, ...string[]];
  readonly face?: 'round' | 'narrow' | 'flat';
}

export interface BreedFacts {
  /** Four letters, as at thecatapi.com. */
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly temperament: string;
  /** Years, `14 - 15`. */
  readonly lifeSpan: string;
  /** Kilograms, lightest and heaviest. */
  readonly kilograms: readonly [number, number];
  /** Last part of the address of the English Wikipedia's article. */
  readonly article: string;
  readonly otherNames?: string;
  readonly marks?: readonly Mark[];
  readonly description: string;
  readonly look: Look;
}
