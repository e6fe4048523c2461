// Pictures as cameras make them, as far as the work of decoding goes: every one different, with light, shade and grain.
import { randomFillSync } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const WIDTH = 1600;
const HEIGHT = 1200;
const CHANNELS = 3;
/** Of 256 levels. */
const GRAIN = 32;

/** Writes `count` JPEG files of 1600x1200; gives their paths. */
export async function makePhotos(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = Array.from({ length: count }, (_, i) => join(folder, `${i}.jpg`));
  // Twice as much as a picture has, so that each can take its grain from another place.
  const grain = randomFillSync(new Uint8Array(2 * WIDTH * HEIGHT * CHANNELS));
  for (const [i, file] of files.entries())
    await sharp(pixels(i, grain), { raw: { width: WIDTH, height: HEIGHT, channels: CHANNELS } })
      .jpeg({ quality: 85 })
      .toFile(file);
  return files;
}

function pixels(i: number, grain: Uint8Array): Uint8Array {
  const raw = new Uint8Array(WIDTH * HEIGHT * CHANNELS);
  const offset = (i * 7919 * CHANNELS) % raw.length;
  let at = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const light = 128 + 80 * Math.sin((x + i * 37) / 300) * Math.cos((y + i * 61) / 250);
      for (let channel = 0; channel < CHANNELS; channel++, at++)
        raw[at] = light + channel * 8 + (((grain[offset + at] ?? 0) % GRAIN) - GRAIN / 2);
    }
  }
  return raw;
}
