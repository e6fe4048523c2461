// Pictures as cameras make them, as far as the work of decoding goes: every one different, with light, shade and grain.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const WIDTH = 1600;
const HEIGHT = 1200;

/** Writes `count` JPEG files of 1600x1200; gives their paths. */
export async function makePhotos(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = Array.from({ length: count }, (_, i) => join(folder, `${i}.jpg`));
  for (const [i, file] of files.entries()) {
    await sharp({
      create: { width: WIDTH, height: HEIGHT, channels: 3, background: 'gray', noise: { type: 'gaussian', mean: 128, sigma: 12 } },
    })
      .composite([{ input: Buffer.from(light(i)), blend: 'overlay' }])
      .jpeg({ quality: 85 })
      .toFile(file);
  }
  return files;
}

const light = (i: number): string => `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
  <defs><radialGradient id="g" cx="${(i * 37) % 100}%" cy="${(i * 61) % 100}%">
    <stop offset="0" stop-color="hsl(${(i * 47) % 360}, 80%, 75%)"/><stop offset="1" stop-color="hsl(${(i * 83) % 360}, 60%, 25%)"/>
  </radialGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
