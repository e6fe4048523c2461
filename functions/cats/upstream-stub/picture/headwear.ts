// Hats and sunglasses, drawn around the middle of the face: the forehead ends at about y -88, the eyes are at x ±46, y -4.

import type { Dress } from './dress.ts';
import { ellipse, fill, line, mirrored, rectangle } from './shapes.ts';

const HAT_COLOURS = [
  ['#4d5a73', '#c96f5f'],
  ['#b5544d', '#f0dfc0'],
  ['#5d7f72', '#e6c36f'],
  ['#8a6aa0', '#f3d8d0'],
] as const;

const HATS: readonly ((colour: string, band: string) => string)[] = [
  // A top hat.
  (colour, band) =>
    fill('M-46-84L-52-186Q0-198 52-186L46-84Z', colour) +
    fill('M-48-98L-47-118Q0-108 47-118L48-98Q0-88-48-98Z', band) +
    ellipse(0, -82, 82, 14, colour),
  // A knitted cap with a bobble.
  (colour, band) =>
    ellipse(0, -158, 24, 24, band) +
    fill('M-72-74C-72-156 72-156 72-74Z', colour) +
    line('M-70-78Q0-60 70-78', band, 20) +
    line('M-34-126L-38-92M0-134V-88M34-126L38-92', band, 4, { opacity: 0.5 }),
  // A party hat.
  (colour, band) =>
    fill('M0-202L-46-80Q0-64 46-80Z', colour) + line('M-22-142L20-126M-34-110L36-94', band, 9) + ellipse(0, -202, 14, 14, band),
  // A straw hat.
  (colour, _band) =>
    fill('M-50-84C-52-152 52-152 50-84Z', '#e9cf97') +
    fill('M-51-92Q0-78 51-92L50-112Q0-98-50-112Z', colour) +
    ellipse(0, -82, 112, 16, '#dfc084'),
];

export function hats(kind: number): Dress {
  const draw = HATS[kind % HATS.length] ?? HATS[0];
  const [colour, band] = HAT_COLOURS[(kind + Math.floor(kind / HATS.length)) % HAT_COLOURS.length] ?? HAT_COLOURS[0];
  return { onHead: draw?.(colour, band) ?? '', headAt: [270, 318, 1.3] };
}

const FRAMES = ['#2f2b33', '#a8443f', '#3f6f86', '#d8a43a'] as const;
const GLASS = '#262833';

const LENSES: readonly ((frame: string) => string)[] = [
  // Round ones.
  (frame) => ellipse(-46, -2, 38, 38, frame) + ellipse(-46, -2, 31, 31, GLASS),
  // Square ones.
  (frame) => rectangle(-90, -36, 84, 64, 16, frame) + rectangle(-82, -28, 68, 48, 11, GLASS),
  // Those that are named after cats.
  (frame) =>
    fill('M-112-48Q-60-40-10-26Q-8 34-48 34Q-90 32-112-48Z', frame) + fill('M-94-36Q-56-30-18-20Q-18 24-48 25Q-78 22-94-36Z', GLASS),
  // An aviator's.
  (frame) => fill('M-92-32H-8Q-6 42-50 42Q-94 38-92-32Z', frame) + fill('M-86-27H-14Q-14 35-50 35Q-86 32-86-27Z', GLASS),
];

export function sunglasses(kind: number): Dress {
  const lens = LENSES[kind % LENSES.length] ?? LENSES[0];
  const frame = FRAMES[(kind + Math.floor(kind / LENSES.length)) % FRAMES.length] ?? FRAMES[0];
  const gleam = line('M-66-14L-54-20', '#ffffff', 6, { opacity: 0.55 });
  return {
    onHead:
      line('M-14-14Q0-22 14-14M-84-14L-110-22M84-14L110-22', frame, 7) +
      mirrored(lens?.(frame) ?? '') +
      gleam +
      line('M26-14L38-20', '#ffffff', 6, { opacity: 0.55 }),
  };
}
