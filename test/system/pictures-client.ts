// A client of the pictures system: orders, waits, and measures what it gets.
import sharp from 'sharp';
import { expect } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { base64, type Order, order as post } from '../support/pictures.ts';
import { send, url } from './application.ts';

export const order = (body: Order | string, headers?: Record<string, string>): Promise<Response> => post(url, body, headers);

/** Orders what must be accepted; gives the identifier. */
export async function accepted({ image, ...rest }: Omit<Order, 'image'> & { image: Uint8Array }): Promise<string> {
  const answer = await order({ image: base64(image), width: 20, height: 10, ...rest });
  expect(`${answer.status} ${answer.headers.get('status') ?? ''}`).toBe('201 ');
  return answer.headers.get('identifier') ?? '';
}

/** The first answer that is not "not yet"; fails on a state that the contract does not know. */
export const settled = (id: string, path = ''): Promise<Response> =>
  eventually(async () => {
    const answer = await send(`/api/${id}${path}`);
    if (answer.status !== 202) return answer;
    expect(['{"status":"queued"}', '{"status":"processing"}']).toContain(await answer.text());
    return false;
  });

/** The result's bytes as the JSON answer holds them. */
export async function result(id: string): Promise<Buffer> {
  const answer = await settled(id);
  expect(answer.status).toBe(200);
  return Buffer.from(((await answer.json()) as { image: string }).image, 'base64');
}

export const resized = async (order: Parameters<typeof accepted>[0]): Promise<Buffer> => result(await accepted(order));

/** Format and size by the bytes themselves. */
export async function measured(bytes: Uint8Array): Promise<{ format: string; width: number; height: number }> {
  const { format, compression, width, height } = await sharp(bytes).metadata();
  // AVIF is AV1 in a HEIF container.
  return { format: compression === 'av1' ? 'avif' : format, width, height };
}

/** Colour at a place given in parts of width and height. */
export async function colour(bytes: Uint8Array, x: number, y: number): Promise<'red' | 'blue' | 'black' | 'clear' | string> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 4;
  const [r = 0, g = 0, b = 0, alpha = 0] = data.subarray(at, at + 4);
  if (alpha < 10) return 'clear';
  if (r > 150 && g < 100 && b < 100) return 'red';
  if (b > 150 && g < 100 && r < 100) return 'blue';
  if (r < 50 && g < 50 && b < 50) return 'black';
  return `rgb(${r}, ${g}, ${b})`;
}
