// A cat as SVG, drawn from what its breed looks like.
import type { Look } from '../breeds/facts.ts';
import { background } from './backgrounds.ts';
import { loaf, portrait, sitting } from './body.ts';
import type { CoatName } from './coats.ts';
import { colours } from './colours.ts';
import type { Dress } from './dress.ts';
import { head } from './face.ts';
import { element, moved } from './shapes.ts';
import { dressFor } from './things.ts';

export const POSES = ['sitting', 'loaf', 'portrait'] as const;
export type Pose = (typeof POSES)[number];

export const SIZES: Readonly<Record<Pose, { readonly width: number; readonly height: number }>> = {
  sitting: { width: 480, height: 600 },
  loaf: { width: 640, height: 480 },
  portrait: { width: 540, height: 540 },
};

export interface Drawing {
  readonly look: Look;
  readonly coat: CoatName;
  readonly pose: Pose;
  /** Picks the room, and of several colours of eyes the one that it has. */
  readonly number: number;
  /** Name of the category whose thing is on the picture, and which kind of it. */
  readonly dress?: { readonly category: string; readonly kind: number };
}

export function drawn(drawing: Drawing): string {
  const { width, height } = SIZES[drawing.pose];
  const size = { viewBox: `0 0 ${width} ${height}`, width, height };
  const lines = { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size, ...lines }, ...layers(drawing));
}

function layers({ look, coat, pose, number, dress }: Drawing): string[] {
  const { width, height } = SIZES[pose];
  const own = colours(look, coat);
  const eyes = look.eyes[number % look.eyes.length] ?? look.eyes[0];
  const room = background(number, width, height);
  if (pose === 'sitting') return [room, sitting(look, own, head(look, own, { eyes, asleep: false }))];
  if (pose === 'loaf') return [room, loaf(look, own, head(look, own, { eyes, asleep: true }))];
  const { behind = room, onHead = '', onBody = '', inFront = '', headAt = [270, 276, 1.4] }: Dress = dress ? dressFor(dress) : {};
  const face = moved(...headAt, head(look, own, { eyes, asleep: false }), onHead);
  return [behind, portrait(look, own, onBody, face), inFront];
}
