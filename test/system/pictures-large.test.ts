// The limits: 5.5 MiB of JSON in, results that no Lambda function could answer out.
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { base64 } from '../support/pictures.ts';
import { JSON_TYPE, said, send, url } from './application.ts';
import { accepted, measured, order, result, settled } from './pictures-client.ts';

const LIMIT = 5.5 * 1024 * 1024;

/** Noise cannot be compressed: what goes in large comes out large. */
const noise = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#000000', noise: { type: 'gaussian', mean: 128, sigma: 60 } } });

describe('an order of 5.5 MiB', () => {
  /** An order of exactly so many bytes: JSON may have blanks at its end. */
  async function ofSize(bytes: number): Promise<string> {
    const photograph = await noise(3000, 1300).jpeg({ quality: 92 }).toBuffer();
    const body = JSON.stringify({ image: base64(photograph), width: 30, height: 20 });
    expect(body.length).toBeGreaterThan(4 * 1024 * 1024);
    return body.padEnd(bytes, ' ');
  }

  test('is accepted and done', async () => {
    const answer = await order(await ofSize(LIMIT));

    expect(answer.status).toBe(201);
    expect(await measured(await result(answer.headers.get('identifier') ?? ''))).toEqual({ format: 'png', width: 30, height: 20 });
  });

  test('and one byte is 413', async () => {
    expect(await said(order(await ofSize(LIMIT + 1)))).toEqual({
      status: 413,
      type: JSON_TYPE,
      body: `{"message":"The body must not be larger than ${LIMIT} bytes"}`,
    });
  });
});

describe('a result that is too large for a JSON answer', () => {
  let id: string;
  beforeAll(async () => {
    id = await accepted({ image: await noise(1999, 1999).jpeg({ quality: 80 }).toBuffer(), width: 1999, height: 1999 });
    await settled(id);
  });

  test('is 303 to the bytes', async () => {
    const answer = await send(`/api/${id}`);

    expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 303, body: '{}' });
    expect(answer.headers.get('location')).toBe(`/api/${id}/image`);
  });

  test('comes whole to a client that follows redirects, with its type', async () => {
    const answer = await fetch(`${url}/api/${id}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('x-request-id')).toBeTruthy();

    expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status: 200, type: 'image/png' });
    expect(bytes.length).toBeGreaterThan(6 * 1024 * 1024);
    expect(await measured(bytes)).toEqual({ format: 'png', width: 1999, height: 1999 });
  });

  test('begins above 4.4 MB: less comes in JSON and at /image as always', async () => {
    const fits = await accepted({ image: await noise(1150, 1150).png().toBuffer(), width: 1150, height: 1150 });
    const bytes = await result(fits);

    expect(bytes.length).toBeGreaterThan(3_600_000);
    expect(bytes.length).toBeLessThan(4_400_000);
    const image = await send(`/api/${fits}/image`);
    expect(image.status).toBe(200);
    expect(Buffer.from(await image.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('can be had in another format without a detour', async () => {
    const small = await accepted({ image: await noise(500, 500).jpeg().toBuffer(), width: 1999, height: 1999, format: 'jpeg' });

    expect((await settled(small)).status).toBe(200);
  });
});
