// Which colour each part of a cat has, by its coat and pattern.
import type { Look } from '../breeds/facts.ts';
import { COATS, type CoatName } from './coats.ts';

export interface Colours {
  readonly body: string;
  readonly ears: string;
  readonly tail: string;
  readonly paws: string;
  readonly muzzle: string;
  /** Chest and belly. */
  readonly chest: string;
  readonly mark: string;
  /** Second colour of coats that have white in them. */
  readonly patch: string;
  readonly nose: string;
}

const WHITE = '#faf7f1';
const PINK = '#d9908a';
const DARK_NOSE = '#5a4a48';

export function colours({ pattern, hair }: Look, coat: CoatName): Colours {
  const { ground, mark, light } = COATS[coat];
  const patch = ground;
  const plain = { body: ground, ears: ground, tail: ground, paws: light, muzzle: light, chest: light, mark, patch, nose: PINK };
  switch (pattern) {
    case 'pointed':
      return { ...plain, ears: mark, tail: mark, paws: mark, muzzle: mark, nose: DARK_NOSE };
    case 'mitted':
      return { ...plain, ears: mark, tail: mark, paws: WHITE, muzzle: WHITE, chest: WHITE };
    case 'patched':
    case 'van':
      return hair === 'none' ? plain : { ...plain, body: WHITE, ears: patch, tail: patch, paws: WHITE, muzzle: WHITE, chest: WHITE };
    case 'solid':
    case 'smoke':
      return { ...plain, paws: ground, muzzle: light, chest: pattern === 'smoke' ? light : ground };
    case 'ticked':
      return { ...plain, tail: mark };
    default:
      return plain;
  }
}
