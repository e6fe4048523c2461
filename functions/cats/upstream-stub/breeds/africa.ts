// Breeds of Egypt and of the lands up the Nile.
import type { BreedFacts } from './facts.ts';

export const africa: readonly BreedFacts[] = [
  {
    id: 'abys',
    name: 'Abyssinian',
    origin: 'Egypt',
    country: 'EG',
    temperament: 'Active, Energetic, Independent, Intelligent, Gentle',
    lifeSpan: '14 - 15',
    kilograms: [3, 5],
    article: 'Abyssinian_cat',
    marks: ['natural'],
    description:
      'Each hair wears several bands of colour, which makes the coat glow like a wild rabbit’s. Long-legged and always on the way to somewhere higher up, an Abyssinian loves its people but seldom sits still long enough to be held.',
    look: {
      coats: ['ruddy', 'cinnamon', 'fawn'],
      pattern: 'ticked',
      hair: 'short',
      ears: 'large',
      tail: 'long',
      eyes: ['#c79a35', '#8fa650'],
      face: 'narrow',
    },
  },
  {
    id: 'chau',
    name: 'Chausie',
    origin: 'Egypt',
    country: 'EG',
    temperament: 'Affectionate, Athletic, Intelligent, Playful, Sociable',
    lifeSpan: '12 - 14',
    kilograms: [4, 7],
    article: 'Chausie',
    otherNames: 'Nile Cat',
    marks: ['experimental'],
    description:
      'House cats crossed with the jungle cat of the Nile delta began this breed. Built for running and leaping, with tufts on tall ears and a tail a little short, it needs company all day and a great deal of room.',
    look: {
      coats: ['bronze', 'black', 'silver'],
      pattern: 'ticked',
      hair: 'short',
      ears: 'large',
      tail: 'long',
      eyes: ['#c9a83c', '#a8a84a'],
      face: 'narrow',
    },
  },
  {
    id: 'emau',
    name: 'Egyptian Mau',
    origin: 'Egypt',
    country: 'EG',
    temperament: 'Agile, Devoted, Gentle, Intelligent, Lively, Loyal, Playful',
    lifeSpan: '18 - 20',
    kilograms: [3, 6],
    article: 'Egyptian_Mau',
    otherNames: 'Pharaoh Cat',
    marks: ['natural'],
    description:
      'The one breed whose spots came about by nature alone, down to the tips of the hairs. Paintings in tombs show cats very like it. Gooseberry-green eyes look a little worried, and a fold of skin at the flank gives a stride that few house cats match.',
    look: { coats: ['silver', 'bronze', 'black'], pattern: 'spotted', hair: 'short', ears: 'upright', tail: 'long', eyes: ['#a3bd58'] },
  },
];
