// What the pattern of a coat and its hair draw on the body.
import type { Look } from '../breeds/facts.ts';
import type { Colours } from './colours.ts';
import { ellipse, fill, line, mirrored } from './shapes.ts';

type Pose = 'sitting' | 'loaf' | 'portrait';

const STRIPES: Readonly<Record<Pose, string>> = {
  sitting: 'M126 372Q160 384 182 368M112 412Q146 426 174 408M104 452Q136 462 160 452',
  loaf: 'M316 222Q340 262 318 306M368 224Q396 268 372 316M420 232Q448 278 424 324M470 248Q496 292 474 336M516 280Q536 318 516 352',
  portrait: 'M96 500Q140 482 168 500M112 462Q150 450 176 466',
};

/** Places across the body where the spots are; a mirror image fills the other half of those that face us. */
const SPOTS: Readonly<Record<Pose, readonly (readonly [number, number])[]>> = {
  sitting: [
    [146, 366],
    [174, 392],
    [132, 412],
    [164, 434],
    [120, 456],
    [148, 330],
    [176, 350],
  ],
  loaf: [
    [322, 256],
    [362, 246],
    [404, 258],
    [446, 268],
    [486, 288],
    [340, 296],
    [384, 298],
    [428, 310],
    [470, 328],
    [516, 330],
    [362, 340],
    [408, 350],
    [452, 368],
    [500, 376],
    [334, 376],
  ],
  portrait: [
    [120, 500],
    [148, 476],
    [172, 506],
    [136, 530],
    [188, 478],
  ],
};

const CURLS: Readonly<Record<Pose, string>> = {
  sitting: 'M136 380q10-14 20 0t20 0M122 424q10-14 20 0t20 0M150 340q10-14 20 0t20 0M128 466q10-14 20 0t20 0',
  loaf: 'M312 262q12-16 24 0t24 0M392 260q12-16 24 0t24 0M464 292q12-16 24 0t24 0M336 320q12-16 24 0t24 0M416 330q12-16 24 0t24 0M480 366q12-16 24 0t24 0M350 376q12-16 24 0t24 0',
  portrait: 'M112 492q12-16 24 0t24 0M140 456q12-16 24 0t24 0M120 530q12-16 24 0t24 0',
};

const MIDDLE: Readonly<Record<Pose, number | undefined>> = { sitting: 240, loaf: undefined, portrait: 270 };

export function bodyMarkings(look: Look, { mark, patch, chest }: Colours, pose: Pose): string {
  const middle = MIDDLE[pose];
  const onBothSides = (shape: string) => (middle === undefined ? shape : mirrored(shape, middle));
  const curls = look.hair === 'curly' ? onBothSides(line(CURLS[pose], look.pattern === 'solid' ? mark : chest, 5, { opacity: 0.7 })) : '';
  switch (look.pattern) {
    case 'tabby':
    case 'striped':
      return onBothSides(line(STRIPES[pose], mark, look.pattern === 'tabby' ? 14 : 10, { opacity: 0.75 })) + curls;
    case 'spotted':
      return onBothSides(SPOTS[pose].map(([x, y], place) => ellipse(x, y, 11 - (place % 3), 9, mark, { opacity: 0.8 })).join('')) + curls;
    case 'patched':
      return patches(pose, patch, mark);
    case 'smoke':
      return fill('M0 0H640V330Q320 380 0 330Z', mark, { opacity: 0.22 }) + curls;
    case 'ticked':
      return onBothSides(line(STRIPES[pose], mark, 3, { 'stroke-dasharray': '2 9', opacity: 0.9 })) + curls;
    default:
      return curls;
  }
}

function patches(pose: Pose, patch: string, mark: string): string {
  switch (pose) {
    case 'sitting':
      return ellipse(130, 400, 60, 80, patch) + ellipse(360, 500, 60, 70, mark);
    case 'loaf':
      return ellipse(380, 250, 80, 64, patch) + ellipse(540, 360, 66, 70, mark);
    case 'portrait':
      return ellipse(110, 520, 80, 70, patch) + ellipse(440, 540, 60, 60, mark);
  }
}
