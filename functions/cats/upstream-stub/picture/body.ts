// Bodies in three poses, each with the place of its head.
import type { Look } from '../breeds/facts.ts';
import { bodyMarkings } from './body-markings.ts';
import type { Colours } from './colours.ts';
import { ellipse, fill, line, mirrored, moved, within } from './shapes.ts';

const SITTING = 'M240 262C150 280 112 408 106 498Q104 560 170 560H310Q376 560 374 498C368 408 330 280 240 262Z';
const LOAF = 'M110 398C92 282 190 226 330 226C486 226 566 292 556 396Q552 428 508 428H164Q116 428 110 398Z';
const SHOULDERS = 'M78 560C84 448 160 396 270 396C380 396 456 448 462 560Z';

const SHADE = '#3b2f2a';

export function sitting(look: Look, colours: Colours, head: string): string {
  const { body, chest, paws } = colours;
  return [
    ellipse(240, 562, 170, 16, SHADE, { opacity: 0.12 }),
    tail(look, colours, 'M352 528C440 546 462 462 420 404', [388, 500]),
    fill(SITTING, body),
    within('body', SITTING, bodyMarkings(look, colours, 'sitting')),
    mirrored(ellipse(146, 506, 50, 54, body) + line('M112 476Q140 440 178 462', SHADE, 4, { opacity: 0.14 }), 240),
    ruff(look, chest, 240, 300),
    mirrored(legs(body, paws), 240),
    mirrored(ellipse(144, 554, 40, 16, paws), 240),
    moved(240, 190, 1, head),
  ].join('');
}

export function loaf(look: Look, colours: Colours, head: string): string {
  const { body, chest, paws } = colours;
  return [
    ellipse(332, 432, 240, 16, SHADE, { opacity: 0.12 }),
    fill(LOAF, body),
    within('body', LOAF, bodyMarkings(look, colours, 'loaf')),
    ruff(look, chest, 212, 320),
    mirrored(ellipse(176, 420, 30, 14, paws), 212),
    tail(look, colours, 'M548 388C566 432 470 424 372 416', [556, 366]),
    moved(212, 226, 0.95, head),
  ].join('');
}

/** Head and shoulders. */
export function portrait(look: Look, colours: Colours, clothes: string, head: string): string {
  return [
    fill(SHOULDERS, colours.body),
    within('body', SHOULDERS, bodyMarkings(look, colours, 'portrait')),
    ruff(look, colours.chest, 270, 424),
    within('clothes', SHOULDERS, clothes),
    head,
  ].join('');
}

const legs = (body: string, paws: string) =>
  fill('M196 400Q188 480 192 548H236V400Z', body) + line('M236 430V540', SHADE, 3, { opacity: 0.16 }) + ellipse(212, 550, 28, 16, paws);

function ruff({ hair }: Look, colour: string, x: number, y: number): string {
  if (hair === 'long') {
    return moved(x, y, 1, fill('M-84-50L-92-4L-66-10L-66 40L-38 26L-26 76L0 46L26 76L38 26L66 40L66-10L92-4L84-50Z', colour));
  }
  if (hair === 'medium') return moved(x, y, 1, fill('M-62-44L-56 10L-34 2L-22 44L0 22L22 44L34 2L56 10L62-44Z', colour));
  return hair === 'none' ? '' : ellipse(x, y + 16, 46, 58, colour, { opacity: 0.85 });
}

function tail({ tail: kind, pattern }: Look, { tail: colour, mark }: Colours, curve: string, [x, y]: readonly [number, number]): string {
  if (kind === 'bob')
    return ellipse(x, y, 26, 24, colour) + line(`M${x - 8} ${y - 12}q14-4 20 8M${x - 10} ${y + 2}q14-4 20 8`, mark, 4, { opacity: 0.5 });
  const rings = pattern === 'tabby' || pattern === 'striped' || pattern === 'spotted';
  const width = kind === 'plume' ? 62 : 32;
  return (
    line(curve, colour, width) +
    (rings ? line(curve, mark, width, { 'stroke-dasharray': '9 30', 'stroke-linecap': 'butt', opacity: 0.7 }) : '')
  );
}
