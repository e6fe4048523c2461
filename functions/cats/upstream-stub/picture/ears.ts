// Ears, drawn around the middle of the face.
import type { Look } from '../breeds/facts.ts';
import { fill, line, mirrored } from './shapes.ts';

const INNER = '#e3a79c';

const OUTLINES: Readonly<Record<Exclude<Look['ears'], 'folded'>, readonly [outer: string, inner: string]>> = {
  upright: ['M-97-22L-89-124Q-86-138-74-129L-14-70Z', 'M-82-50L-78-106Q-77-112-71-107L-38-72Z'],
  large: ['M-101-10L-110-140Q-108-156-94-147L-8-66Z', 'M-88-46L-93-120Q-92-127-85-121L-36-70Z'],
  small: ['M-98-30L-90-100Q-86-112-74-106L-24-76Z', 'M-84-56L-79-88Q-77-94-71-90L-46-74Z'],
  curled: [
    'M-96-26C-104-74-96-104-116-128C-112-140-96-140-84-130C-58-110-36-92-14-70Z',
    'M-80-56C-84-84-82-100-92-116C-70-106-54-92-38-74Z',
  ],
};

export function ears({ ears: kind, hair, pattern }: Look, colour: string, mark: string): string {
  if (kind === 'folded') {
    const cap = fill('M-96-38C-100-82-88-104-66-104C-44-102-26-88-18-72Z', colour);
    const flap = fill('M-90-70C-84-98-58-104-34-84C-44-58-62-46-84-46Z', mark, { opacity: 0.75 });
    return mirrored(cap + flap);
  }
  const [outer, inner] = OUTLINES[kind];
  const tufts = hair === 'long' && kind === 'large' ? line('M-103-146L-112-172M-96-148L-100-170', mark, 5) : '';
  const wisps =
    hair === 'long' || hair === 'medium' ? line('M-70-66L-82-96M-62-68L-70-94M-54-70L-58-88', '#fff6ec', 5, { opacity: 0.8 }) : '';
  const dark = pattern === 'pointed' || pattern === 'mitted';
  return mirrored(tufts + fill(outer, colour) + fill(inner, INNER, { opacity: dark ? 0.45 : 0.85 }) + wisps);
}
