// The drawings of the stub, as a renderer sees them.
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { images } from '../../functions/cats/upstream-stub/images.ts';
import { COATS } from '../../functions/cats/upstream-stub/picture/coats.ts';
import { drawn } from '../../functions/cats/upstream-stub/picture/drawing.ts';

const KB = 1024;
const drawings = images.map(({ id, width, height, drawing }) => ({ id, width, height, svg: drawn(drawing) }));

it('is under 6 KB each', () => {
  expect(drawings.filter(({ svg }) => Buffer.byteLength(svg) >= 6 * KB)).toEqual([]);
});

it('refers to nothing outside of itself, and runs nothing', () => {
  const outside = /<script|<image|<foreignObject|\son\w+=|href|url\((?!#)/i;
  expect(drawings.filter(({ svg }) => outside.test(svg))).toEqual([]);
});

it('is well-formed, has the size that its row tells, and no two look alike', async () => {
  const looks = new Map<string, string>();
  for (const { id, width, height, svg } of drawings) {
    // Its parser refuses what is not well-formed XML.
    const image = sharp(Buffer.from(svg), { failOn: 'warning' });
    expect(await image.metadata()).toMatchObject({ format: 'svg', width, height });
    const pixels = await image.resize(48, 48, { fit: 'fill' }).raw().toBuffer();
    looks.set(pixels.toString('base64'), id);
  }
  expect(looks.size).toBe(drawings.length);
});

it('shows the colour of the coat', () => {
  expect(images.filter(({ drawing }) => !drawn(drawing).includes(COATS[drawing.coat].ground))).toEqual([]);
});

it('is drawn the same each time', () => {
  expect(images.map(({ drawing }) => drawn(drawing))).toEqual(drawings.map(({ svg }) => svg));
});
