// Ties and jumpers, on the shoulders of a portrait: the chin is at about y 405.

import type { Dress } from './dress.ts';
import { ellipse, fill, line, mirrored, rectangle } from './shapes.ts';

const COLOURS = [
  ['#3f5f86', '#e8c65c'],
  ['#a6463f', '#f3e3cf'],
  ['#4f7a5e', '#f0e2b6'],
  ['#6d5a8c', '#e7b7b0'],
] as const;

const picked = (kind: number) => COLOURS[(kind + Math.floor(kind / COLOURS.length)) % COLOURS.length] ?? COLOURS[0];

export function ties(kind: number): Dress {
  const [colour, accent] = picked(kind);
  const collar = fill('M186 412L270 452L354 412L372 444L286 486L270 466L254 486L168 444Z', '#fdfbf7');
  if (kind % 2 === 0) {
    const stripes = line('M240 500L300 480M238 526L304 502M236 552L306 528', accent, 7);
    return {
      onBody: collar + fill('M254 452H286L292 474L304 545H236L248 474Z', colour) + stripes + fill('M250 448H290L284 478H256Z', colour),
    };
  }
  const dots =
    kind % 4 === 1
      ? [210, 232, 308, 330].map((x) => ellipse(x, x % 4 === 2 ? 468 : 488, 6, 6, accent)).join('')
      : line('M202 456V504M226 466V494M314 466V494M338 456V504', accent, 6);
  return {
    onBody: collar,
    inFront: mirrored(fill('M270 478L196 444Q184 478 196 514Z', colour), 270) + dots + rectangle(254, 462, 32, 34, 10, accent),
  };
}

export function clothes(kind: number): Dress {
  const [colour, accent] = picked(kind);
  const jumper = rectangle(60, 380, 420, 200, 0, colour) + line('M168 420Q270 480 372 420', accent, 26);
  switch (kind % 4) {
    case 0:
      return { onBody: `${jumper}${line('M70 500H470M70 528H470', accent, 10)}` };
    case 1:
      return { onBody: jumper + ellipse(270, 512, 7, 7, accent) + line('M270 470V560', accent, 3) + ellipse(270, 536, 7, 7, accent) };
    case 2:
      return {
        onBody:
          jumper +
          line(
            'M70 510l20-18l20 18l20-18l20 18l20-18l20 18l20-18l20 18l20-18l20 18l20-18l20 18l20-18l20 18l20-18l20 18l20-18l20 18',
            accent,
            7,
          ),
      };
    default:
      return {
        onBody:
          jumper +
          [110, 160, 210, 330, 380, 430].map((x, place) => ellipse(x, place % 2 ? 526 : 496, 9, 9, accent)).join('') +
          ellipse(270, 520, 9, 9, accent),
      };
  }
}
