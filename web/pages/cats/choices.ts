// What can be searched by, collected from breeds that have been loaded: the API lists neither temperaments nor origins.
import type { Search } from './address.ts';
import type { Breed } from './contract.ts';

export const temperamentsOf = ({ temperament }: Breed): readonly string[] =>
  temperament
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Each once, by alphabet. */
export function choices(breeds: readonly Breed[], by: Search['by']): readonly string[] {
  const all = breeds.flatMap((breed) => (by === 'origin' ? [breed.origin] : temperamentsOf(breed)));
  return [...new Set(all)].filter((one) => one !== '').sort((a, b) => a.localeCompare(b, 'en'));
}

/** A search is exact, and people are not: `egypt ` means `Egypt`, where there is one. */
export function meant(typed: string, known: readonly string[]): string {
  const wanted = typed.trim().toLowerCase();
  return known.find((one) => one.toLowerCase() === wanted) ?? typed.trim();
}
