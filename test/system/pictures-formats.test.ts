// Every source format, every fit and every result format, by magic bytes, exact size and pixels.
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { base64, picture } from '../support/pictures.ts';
import { send } from './application.ts';
import { accepted, colour, measured, resized, settled } from './pictures-client.ts';

/** Twice as wide as high: left half red, right half blue. */
let wide: Buffer;
beforeAll(async () => {
  wide = await picture(400, 200);
});

const across = async (bytes: Uint8Array, y = 0.5) => Promise.all([0.1, 0.4, 0.6, 0.9].map((x) => colour(bytes, x, y)));
const BANDS = ['red', 'red', 'blue', 'blue'];

describe('a source', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)(
    'in %s becomes a PNG of exactly the size, colours in place',
    async (format) => {
      const bytes = await resized({ image: await picture(300, 200, format), width: 31, height: 57 });

      expect(await measured(bytes)).toEqual({ format: 'png', width: 31, height: 57 });
      expect(await across(bytes)).toEqual(BANDS);
    },
  );

  test('of one pixel can become large, a large one can become 2 x 2', async () => {
    expect(await measured(await resized({ image: await picture(1, 1), width: 640, height: 480 }))).toMatchObject({
      width: 640,
      height: 480,
    });
    expect(await measured(await resized({ image: await picture(3000, 2000), width: 2, height: 2 }))).toMatchObject({ width: 2, height: 2 });
  });

  test('that an EXIF orientation turns is upright in the result', async () => {
    // Orientation 6: the first row of what is stored is the right side of what is meant, so red, on the left as stored, is on top.
    const turned = await sharp(wide).jpeg().withMetadata({ orientation: 6 }).toBuffer();

    const bytes = await resized({ image: turned, width: 100, height: 200 });

    expect(await across(bytes, 0.1)).toEqual(['red', 'red', 'red', 'red']);
    expect(await across(bytes, 0.9)).toEqual(['blue', 'blue', 'blue', 'blue']);
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
  });

  test('that is animated gives its first frame', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) =>
        sharp({ create: { width: 40, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(animation, { animated: true }).metadata()).pages).toBe(2);

    const bytes = await resized({ image: animation, width: 20, height: 20 });

    expect(await measured(bytes)).toEqual({ format: 'png', width: 20, height: 20 });
    expect(await across(bytes)).toEqual(['red', 'red', 'red', 'red']);
  });

  test('that is transparent stays so', async () => {
    const glass = await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer();

    expect(await colour(await resized({ image: glass }), 0.5, 0.5)).toBe('clear');
  });
});

describe('fit', () => {
  /** Twice as wide as high: red, then three fifths black, then blue. What is cut off at the sides is missed. */
  const flag = () =>
    sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200"/><rect width="80" height="200" fill="#f00"/><rect x="320" width="80" height="200" fill="#00f"/></svg>',
      ),
    )
      .png()
      .toBuffer();
  const FLAG = ['red', 'black', 'black', 'blue'];
  const BLACK = ['black', 'black', 'black', 'black'];
  const fitted = async (fit?: string) => resized({ image: await flag(), width: 100, height: 100, ...(fit ? { fit } : {}) });

  test.each([undefined, 'fill'])('%s gives exactly the size and ignores the aspect', async (fit) => {
    const bytes = await fitted(fit);

    expect(await measured(bytes)).toEqual({ format: 'png', width: 100, height: 100 });
    expect(await across(bytes)).toEqual(FLAG);
    expect(await across(bytes, 0.02)).toEqual(FLAG);
  });

  test('cover gives exactly the size and keeps the middle', async () => {
    const bytes = await fitted('cover');

    expect(await measured(bytes)).toEqual({ format: 'png', width: 100, height: 100 });
    expect(await across(bytes)).toEqual(BLACK);
  });

  test('contain gives exactly the size, the whole picture between bars', async () => {
    const bytes = await fitted('contain');

    expect(await measured(bytes)).toEqual({ format: 'png', width: 100, height: 100 });
    expect(await across(bytes)).toEqual(FLAG);
    expect(await across(bytes, 0.1)).toEqual(BLACK);
    expect(await across(bytes, 0.9)).toEqual(BLACK);
  });

  test.each([
    ['inside', 100, 50],
    ['outside', 200, 100],
  ])('%s keeps the aspect: %i x %i', async (fit, width, height) => {
    const bytes = await fitted(fit);

    expect(await measured(bytes)).toEqual({ format: 'png', width, height });
    expect(await across(bytes)).toEqual(FLAG);
  });
});

describe('format', () => {
  test.each([
    ['png', /^89504e470d0a1a0a/],
    ['jpeg', /^ffd8ff/],
    ['webp', /^52494646.{8}57454250/],
    ['avif', /^.{8}6674797061766966/],
  ] as const)('%s, by its first bytes, in JSON and at /image with its type', async (format, magic) => {
    const id = await accepted({ image: wide, width: 64, height: 32, format });
    const { image } = (await (await settled(id)).json()) as { image: string };
    const bytes = Buffer.from(image, 'base64');

    expect(bytes.toString('hex')).toMatch(magic);
    expect(await measured(bytes)).toEqual({ format, width: 64, height: 32 });
    expect(await across(bytes)).toEqual(BANDS);
    const answer = await send(`/api/${id}/image`);
    expect(answer.headers.get('content-type')).toBe(`image/${format}`);
    expect(base64(new Uint8Array(await answer.arrayBuffer()))).toBe(image);
  });

  test('goes with any fit', async () => {
    const bytes = await resized({ image: wide, width: 60, height: 60, fit: 'inside', format: 'webp' });

    expect(await measured(bytes)).toEqual({ format: 'webp', width: 60, height: 30 });
  });
});
