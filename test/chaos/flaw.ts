// Whether a result is the picture that was ordered.
import sharp from 'sharp';
import type { Sent } from './kinds-of-pictures.ts';

/** What lossy encoders and palettes may take off a mean colour. */
const TOLERANCE = 20;

/** Why the result is not the picture that was ordered, or undefined where it is. Colours of the two halves may differ by what encoders lose. */
export async function flaw({ order: { width, height }, halves }: Sent, result: Uint8Array): Promise<string | undefined> {
  const { format, ...size } = await sharp(result).metadata();
  if (format !== 'png' || size.width !== width || size.height !== height) return `${format} of ${size.width} x ${size.height}`;
  // Away from the seam, which resizing blurs.
  const [left, right] = await Promise.all(
    [0, Math.ceil(width * 0.75)].map(async (from) => {
      const part = { left: Math.min(from, width - 1), top: 0, width: Math.max(1, Math.floor(width / 4)), height };
      const { channels } = await sharp(await sharp(result).extract(part).toBuffer()).stats();
      return channels.slice(0, 3).map(({ mean }) => mean);
    }),
  );
  const far = [left, right].flatMap((means, half) =>
    (means ?? []).map((mean, at) => Math.abs(mean - (halves?.[half]?.[at] ?? Number.NaN))),
  );
  return far.every((distance) => distance <= TOLERANCE) ? undefined : `colours differ by ${Math.max(...far).toFixed(0)}`;
}
