// Pictures made for tests, of every kind that clients send, and a client of the API.
import sharp from 'sharp';

/** Colour bands, so that a resized picture can be told from a blank one. */
export async function picture(
  width: number,
  height: number,
  format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'tiff' = 'png',
): Promise<Buffer> {
  const bands = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="50%" height="100%" fill="#c81e1e"/><rect x="50%" width="50%" height="100%" fill="#1e1ec8"/></svg>`,
  );
  return sharp(bands).toFormat(format).toBuffer();
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export interface Order {
  readonly image?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
  readonly fit?: unknown;
  readonly format?: unknown;
}

export const order = (url: string, body: Order | string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/api/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
