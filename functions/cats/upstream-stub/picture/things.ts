// What a cat wears or sits in on the pictures of a category.
import { clothes, ties } from './clothes.ts';
import type { Dress } from './dress.ts';
import { hats, sunglasses } from './headwear.ts';
import { boxes, sinks, space } from './places.ts';

const DRESSES: Readonly<Record<string, (kind: number) => Dress>> = { boxes, clothes, hats, sinks, space, sunglasses, ties };

export function dressFor({ category, kind }: { readonly category: string; readonly kind: number }): Dress {
  const dress = DRESSES[category];
  if (!dress) throw new Error(`nothing is drawn for the category ${category}`);
  return dress(kind);
}
