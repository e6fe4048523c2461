// A head, drawn around the middle of the face, about 210 wide.
import type { Look } from '../breeds/facts.ts';
import type { Colours } from './colours.ts';
import { ears } from './ears.ts';
import { faceMarkings } from './face-markings.ts';
import { ellipse, fill, line, mirrored, moved, within } from './shapes.ts';

const OUTLINES: Readonly<Record<NonNullable<Look['face']> | 'usual', string>> = {
  usual: 'M0-88C66-88 106-46 106 6C106 58 62 92 0 92C-62 92-106 58-106 6C-106-46-66-88 0-88Z',
  round: 'M0-90C72-90 114-46 114 8C114 64 66 96 0 96C-66 96-114 64-114 8C-114-46-72-90 0-90Z',
  narrow: 'M0-86C62-86 100-50 100-8C100 36 50 98 0 98C-50 98-100 36-100-8C-100-50-62-86 0-86Z',
  flat: 'M0-88C76-88 118-46 118 8C118 62 72 92 0 92C-72 92-118 62-118 8C-118-46-76-88 0-88Z',
};

const INK = '#4a3f3c';

interface Expression {
  readonly eyes: string;
  readonly asleep: boolean;
}

export function head(look: Look, colours: Colours, { eyes, asleep }: Expression): string {
  const outline = OUTLINES[look.face ?? 'usual'];
  return [
    ears(look, colours.ears, colours.mark),
    cheeks(look, colours.body),
    fill(outline, colours.body),
    within('face', outline, faceMarkings(look, colours)),
    mirrored(asleep ? line('M-66 4Q-46 24-26 4', INK, 5) : openEye(look, eyes)),
    // Flat faces have their nose between the eyes.
    moved(0, look.face === 'flat' ? -14 : 0, 1, snout(look, colours)),
  ].join('');
}

function snout({ hair }: Look, { muzzle, nose }: Colours): string {
  const straight = 'M-54 40L-128 26M-56 48L-132 50M-54 56L-124 74';
  const curled = 'M-52 42q-24-10-32 2t-28-2M-52 50q-22 0-28 10t-26 6';
  return [
    mirrored(ellipse(-21, 44, 28, 22, muzzle)) + ellipse(0, 62, 20, 16, muzzle),
    fill('M-13 23Q0 18 13 23Q10 36 0 38Q-10 36-13 23Z', nose),
    line('M0 38V46M-22 50Q-8 62 0 46Q8 62 22 50', INK, 3.5),
    hair === 'none' ? '' : mirrored(line(hair === 'curly' ? curled : straight, '#fffaf2', 2.5, { opacity: 0.9 })),
  ].join('');
}

function openEye({ face, ears: kind }: Look, colour: string): string {
  const wide = face === 'round' || face === 'flat' || kind === 'folded';
  const [rx, ry] = wide ? [23, 23] : [22, 20];
  // A slant outwards for slender faces.
  const turn = face === 'narrow' ? 'rotate(14 -46 -4)' : 'rotate(4 -46 -4)';
  return [
    ellipse(-46, -4, rx + 3, ry + 3, INK, { transform: turn }),
    ellipse(-46, -4, rx, ry, colour, { transform: turn }),
    ellipse(-46, -4, wide ? 10 : 7, ry - 4, '#2b2524'),
    ellipse(-41, -12, 5, 5, '#ffffff'),
  ].join('');
}

function cheeks({ hair }: Look, colour: string): string {
  if (hair === 'long') return mirrored(fill('M-84-30L-128-4L-112 10L-142 38L-114 44L-128 76L-88 74L-82 102L-20 84Z', colour));
  if (hair === 'medium') return mirrored(fill('M-90-10L-122 22L-106 30L-122 58L-92 58L-94 82L-30 84Z', colour));
  return '';
}
