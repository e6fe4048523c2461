// The levels from 1 to 5 of a breed's row, read off its temperament and its hair: nobody measured them.
import type { BreedFacts } from './facts.ts';

const TRAITS = {
  adaptability: ['Adaptable', 'Easygoing', 'Calm', 'Relaxed'],
  affection_level: ['Affectionate', 'Loving', 'Sweet', 'Devoted', 'Loyal'],
  child_friendly: ['Gentle', 'Patient', 'Playful', 'Friendly', 'Tolerant'],
  dog_friendly: ['Friendly', 'Sociable', 'Confident', 'Outgoing', 'Easygoing'],
  energy_level: ['Active', 'Energetic', 'Athletic', 'Agile', 'Lively'],
  intelligence: ['Intelligent', 'Curious', 'Clever', 'Trainable', 'Alert'],
  social_needs: ['Sociable', 'Demanding', 'Devoted', 'Interactive', 'Affectionate'],
  stranger_friendly: ['Friendly', 'Outgoing', 'Sociable', 'Easygoing'],
  vocalisation: ['Talkative', 'Expressive', 'Demanding'],
} as const;

const GROOMING = { none: 2, short: 1, curly: 2, medium: 3, long: 5 } as const;
const SHEDDING = { none: 1, short: 3, curly: 2, medium: 4, long: 5 } as const;

export type Levels = Readonly<Record<keyof typeof TRAITS | 'grooming' | 'shedding_level' | 'health_issues', number>>;

export function levels({ temperament, look }: BreedFacts): Levels {
  const traits = temperament.split(', ');
  const level = (raising: readonly string[]) => Math.min(5, 2 + traits.filter((trait) => raising.includes(trait)).length * 2);
  const ofTraits = Object.fromEntries(Object.entries(TRAITS).map(([name, raising]) => [name, level(raising)]));
  return {
    ...(ofTraits as Record<keyof typeof TRAITS, number>),
    grooming: GROOMING[look.hair],
    shedding_level: SHEDDING[look.hair],
    health_issues: look.face === 'flat' ? 4 : 2,
  };
}
