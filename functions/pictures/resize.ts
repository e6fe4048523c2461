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

export interface Wanted {
  readonly width: number;
  readonly height: number;
  readonly fit: string;
  readonly format: string;
}

/** The first frame, upright as its EXIF orientation says. Throws `BadPicture` with a reason in words. */
export async function resize(source: Uint8Array, { width, height, fit, format }: Wanted): Promise<Uint8Array> {
  const picture = sharp(source, { limitInputPixels: false });
  const size = await picture.metadata().catch(bad);
  if (size.width * size.height > MAX_PIXELS) {
    throw new BadPicture(`The picture has ${size.width} x ${size.height} pixels; at most ${MAX_PIXELS / 1e6} megapixels are resized.`);
  }
  return picture
    .autoOrient()
    .resize({ width, height, fit: fit as keyof FitEnum })
    .toFormat(format as 'png')
    .toBuffer()
    .catch(bad);
}

function bad(error: Error): never {
  throw new BadPicture(`The picture cannot be decoded: ${error.message.split('\n')[0]}`);
}
