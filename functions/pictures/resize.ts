// One picture in, one picture out.
import { createRequire } from 'node:module';
import type Sharp from 'sharp';
import type { FitEnum } from 'sharp';

// From the layer: Node finds packages of a layer by NODE_PATH, which `require` honours and `import` does not.
const sharp = createRequire(import.meta.url)('sharp') as typeof Sharp;

// Pictures of a batch are resized side by side: one thread each is the better use of few cores.
sharp.concurrency(1);
sharp.cache(false);

/** Larger ones are taken for decompression bombs: 50 megapixels are 200 MB of raw pixels. */
export const MAX_PIXELS = 50_000_000;

/** The picture itself is at fault: trying again cannot help. */
export class BadPicture extends Error {
  override readonly name = 'BadPicture';
}

export interface Wanted extends Size {
  readonly fit: string;
  readonly format: string;
}

/** The first frame, upright as its EXIF orientation says. Throws `BadPicture` with a reason in words. */
export async function resize(source: Uint8Array, wanted: Wanted): Promise<Uint8Array> {
  const picture = sharp(source, { limitInputPixels: false });
  const { width, height, autoOrient } = await picture.metadata().catch(bad);
  refuseLarge('The picture has', { width, height });
  if (wanted.fit === 'outside') refuseLarge('The result would have', outside(autoOrient, wanted));
  return picture
    .autoOrient()
    .resize({ width: wanted.width, height: wanted.height, fit: wanted.fit as keyof FitEnum })
    .toFormat(wanted.format as 'png')
    .toBuffer()
    .catch(bad);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The one fit whose result has no bound: a thin strip around a box becomes as long as it is thin. */
function outside(source: Size, wanted: Size): Size {
  const scale = Math.max(wanted.width / source.width, wanted.height / source.height);
  return { width: Math.round(source.width * scale), height: Math.round(source.height * scale) };
}

function refuseLarge(what: string, { width, height }: Size): void {
  if (width * height > MAX_PIXELS)
    throw new BadPicture(`${what} ${width} x ${height} pixels; at most ${MAX_PIXELS / 1e6} megapixels are resized.`);
}

function bad(error: Error): never {
  throw new BadPicture(`The picture cannot be decoded: ${error.message.split('\n')[0]}`);
}
