// A breed as thecatapi.com tells it.
import type { BreedFacts, Mark } from './facts.ts';
import { type Levels, levels } from './levels.ts';

const MARKS = ['experimental', 'hairless', 'natural', 'rare', 'rex', 'suppressed_tail', 'short_legs', 'hypoallergenic', 'lap'] as const;
const POUNDS_IN_KILOGRAM = 2.2046;

export interface BreedRow extends Levels, Readonly<Record<Mark, 0 | 1>> {
  readonly weight: { readonly imperial: string; readonly metric: string };
  readonly id: string;
  readonly name: string;
  readonly temperament: string;
  readonly origin: string;
  readonly country_codes: string;
  readonly country_code: string;
  readonly description: string;
  readonly life_span: string;
  readonly indoor: 0 | 1;
  readonly alt_names: string;
  readonly wikipedia_url: string;
  readonly reference_image_id: string;
}

export function breedRow(facts: BreedFacts): BreedRow {
  const { id, name, temperament, origin, country, description, lifeSpan, kilograms, otherNames = '', article } = facts;
  const marked = Object.fromEntries(MARKS.map((mark) => [mark, facts.marks?.includes(mark) ? 1 : 0])) as Record<Mark, 0 | 1>;
  return {
    weight: { imperial: range(kilograms.map((weight) => Math.round(weight * POUNDS_IN_KILOGRAM))), metric: range(kilograms) },
    id,
    name,
    temperament,
    origin,
    country_codes: country,
    country_code: country,
    description,
    life_span: lifeSpan,
    indoor: 0,
    alt_names: otherNames,
    ...levels(facts),
    ...marked,
    wikipedia_url: `https://en.wikipedia.org/wiki/${article}`,
    reference_image_id: `${id}-1`,
  };
}

const range = (ends: readonly number[]) => ends.join(' - ');
