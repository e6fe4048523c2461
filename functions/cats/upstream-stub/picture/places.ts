// Boxes, basins and space: what a cat is in.

import type { Dress } from './dress.ts';
import { element, ellipse, fill, line, rectangle } from './shapes.ts';

const CARDBOARD = [
  ['#c79a67', '#b08350', '#dcb586'],
  ['#b98d63', '#a1764d', '#d0a87f'],
] as const;
const LABELS = ['#a6463f', '#3f5f86', '#4f7a5e', '#6d5a8c'] as const;

export function boxes(kind: number): Dress {
  const [front, dark, flap] = CARDBOARD[kind % 2] ?? CARDBOARD[0];
  const label = LABELS[Math.floor(kind / 2) % LABELS.length] ?? LABELS[0];
  const print =
    kind % 4 < 2
      ? line('M250 500L270 474L290 500M270 476V522M236 528H304', label, 7)
      : fill('M270 522C236 500 236 474 254 474Q266 474 270 486Q274 474 286 474C304 474 304 500 270 522Z', label);
  const box =
    fill('M70 424H470L456 540H84Z', front) +
    fill('M70 424L24 462L36 480L84 448ZM470 424L516 462L504 480L456 448Z', flap) +
    line('M70 424H470', dark, 6);
  return { inFront: box + print, headAt: [270, 262, 1.32] };
}

const BASINS = [
  ['#fbfcfd', '#dfe5ea'],
  ['#dcebe8', '#bcd3cf'],
  ['#f3e7df', '#dcc8bb'],
  ['#e3e6f1', '#c5cbe0'],
] as const;

export function sinks(kind: number): Dress {
  const [basin, shade] = BASINS[kind % BASINS.length] ?? BASINS[0];
  const x = kind < BASINS.length ? 452 : 88;
  const bend = x > 270 ? -1 : 1;
  const tap =
    line(`M${x} 430V330Q${x} 296 ${x + bend * 30} 296H${x + bend * 44}V322`, '#98a3ad', 18) +
    line(`M${x - 18} 356H${x + 18}`, '#98a3ad', 12);
  const drop = fill(`M${x + bend * 44} 346q-9 14 0 20q9-6 0-20Z`, '#8fc1dd');
  return {
    inFront: `${rectangle(0, 470, 540, 70, 0, '#b9ada2')}${tap}${drop}${fill('M40 424H500Q492 540 400 548H140Q48 540 40 424Z', basin)}${rectangle(24, 410, 492, 30, 15, shade)}`,
    headAt: [270, 262, 1.28],
  };
}

const SKIES = ['#26304f', '#2b2748', '#1f3a4d', '#35284a'] as const;
const PLANETS = ['#d98c5f', '#8fb3a0', '#c9a0b8', '#d8c27a'] as const;

export function space(kind: number): Dress {
  const sky = SKIES[kind % SKIES.length] ?? SKIES[0];
  const planet = PLANETS[(kind + Math.floor(kind / 4)) % PLANETS.length] ?? PLANETS[0];
  const [x, y] = kind % 2 === 0 ? [450, 92] : [88, 100];
  // The golden angle spreads them evenly without a pattern that the eye finds.
  const stars = Array.from({ length: 18 }, (_, star) =>
    ellipse((star * 137 + kind * 53) % 540, (star * 89 + kind * 31) % 540, 1.5 + (star % 3), 1.5 + (star % 3), '#fdf6dc'),
  );
  const ring = element('ellipse', {
    cx: x,
    cy: y,
    rx: 78,
    ry: 18,
    fill: 'none',
    stroke: '#f3e3c0',
    'stroke-width': 6,
    transform: `rotate(-18 ${x} ${y})`,
    opacity: 0.8,
  });
  const suit = `${rectangle(60, 380, 420, 200, 0, '#eef0f3')}${line('M150 430Q270 500 390 430', '#c2c8d2', 30)}${rectangle(222, 496, 96, 40, 8, planet)}`;
  const glass =
    ellipse(270, 262, 216, 210, '#cfe3f5', { 'fill-opacity': 0.16, stroke: '#e8eef5', 'stroke-width': 10 }) +
    line('M120 190Q150 110 226 84', '#ffffff', 12, { opacity: 0.5 });
  return {
    behind: rectangle(0, 0, 540, 540, 0, sky) + stars.join('') + ellipse(x, y, 46, 46, planet) + ring,
    onBody: suit,
    inFront: glass,
    headAt: [270, 284, 1.12],
  };
}
