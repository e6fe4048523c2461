// Pictures of every kind that clients send, each with what must become of it.
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Chance } from '../support/chance.ts';
import { base64, type Order } from '../support/pictures.ts';

type Colour = readonly [red: number, green: number, blue: number];
type Encoding = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'tiff';

export interface Sent {
  readonly kind: string;
  readonly order: Order & { readonly width: number; readonly height: number };
  /** Mean colours of the left and the right half where it must become a picture. */
  readonly halves?: readonly [Colour, Colour];
  readonly outcome: 'done' | 'failed' | 'refused';
}

/** `count` pictures; no two have the same colours, so that none can be taken for another. */
export function picturesOfManyKinds(count: number, random: Chance): Promise<Sent[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const colours = [colour(random), colour(random)] as const;
      // Narrower ones are all seam: resizing blends the halves over three pixels to each side.
      const size = { width: random.between(16, 400), height: random.between(2, 400) };
      return kinds[index % kinds.length]?.(colours, size, random) as Promise<Sent>;
    }),
  );
}

type Kind = (halves: readonly [Colour, Colour], size: { width: number; height: number }, random: Chance) => Promise<Sent>;

const colour = (random: Chance): Colour => [random.between(24, 231), random.between(24, 231), random.between(24, 231)];

const ordinary =
  (encoding: Encoding): Kind =>
  async (halves, size, random) =>
    good(encoding, await encoded(halves, random.between(20, 900), random.between(20, 900), encoding), size, halves);

const tiny: Kind = async ([only], size) =>
  good(
    'tiny',
    await sharp({ create: { width: 1, height: 1, channels: 3, background: css(only) } })
      .png()
      .toBuffer(),
    size,
    [only, only],
  );

/** Noise hardly compresses: what this makes is almost 5 MiB of base64. */
const large: Kind = async (halves, size, random) => {
  const [width, height] = [1050, 1100];
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) {
    const half = halves[((at / 3) | 0) % width < width / 2 ? 0 : 1];
    pixels[at] = (half[at % 3] ?? 0) + random.between(-24, 24);
  }
  return good(
    'large',
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toBuffer(),
    size,
    halves,
  );
};

const truncated: Kind = async (halves, size, random) => {
  const whole = await encoded(halves, 300, 300, random.below(2) === 0 ? 'png' : 'jpeg');
  return bad('truncated', whole.subarray(0, whole.length / 2), size);
};

const corrupt: Kind = async (halves, size, random) => {
  // Drawn before anything is waited for: pictures are made side by side, and each seed must give the same ones.
  const noise = Buffer.from(Array.from({ length: 500 }, () => random.below(256)));
  const signature = (await encoded(halves, 1, 1, 'png')).subarray(0, 8);
  return bad('corrupt', Buffer.concat([signature, noise]), size);
};

/** 64 megapixels of black in 8 KB. */
const bomb: Kind = async (_, size) => bad('bomb', blackPng(8000, 8000), size);

const text: Kind = async (_, size, random) => ({
  kind: 'not a picture',
  order: { image: base64(Buffer.from(`Dear Sir or Madam, ${random.below(1e6)}`)), ...size },
  outcome: 'refused',
});

/** Large ones are costly to make and to send, so they are one in 25. */
const kinds: readonly Kind[] = [
  ...[0, 1, 2].flatMap(() => [...(['png', 'jpeg', 'webp', 'gif', 'tiff'] as const).map(ordinary), tiny]),
  ordinary('avif'),
  truncated,
  truncated,
  corrupt,
  bomb,
  text,
  large,
];

const good = (kind: string, bytes: Uint8Array, size: { width: number; height: number }, halves: Sent['halves'] & object): Sent => ({
  kind,
  order: { image: base64(bytes), ...size },
  halves,
  outcome: 'done',
});

const bad = (kind: string, bytes: Uint8Array, size: { width: number; height: number }): Sent => ({
  kind,
  order: { image: base64(bytes), ...size },
  outcome: 'failed',
});

const css = ([red, green, blue]: Colour) => `rgb(${red},${green},${blue})`;

const encoded = ([left, right]: readonly [Colour, Colour], width: number, height: number, encoding: Encoding): Promise<Buffer> =>
  sharp({ create: { width: 2, height: 1, channels: 3, background: css(left) } })
    .composite([{ input: { create: { width: 1, height: 1, channels: 3, background: css(right) } }, left: 1, top: 0 }])
    .png()
    .toBuffer()
    .then((halves) => sharp(halves).resize(width, height, { fit: 'fill', kernel: 'nearest' }).toFormat(encoding).toBuffer());

function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height), { level: 9 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
