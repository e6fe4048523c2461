// Poison pictures: each fails its own job with a reason, and nothing else.
import { describe, expect, test } from 'vitest';
import { picture } from '../support/pictures.ts';
import { JSON_TYPE, said, send } from './application.ts';
import { accepted, measured, result, settled } from './pictures-client.ts';
import { hugePng, truncated } from './poison.ts';

/** The reason why a job failed for good. */
async function reason(id: string): Promise<string> {
  const answer = await settled(id);
  const body = await answer.text();
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status: 422, type: JSON_TYPE });
  const { error } = JSON.parse(body);
  expect(body).toBe(JSON.stringify({ status: 'failed', error }));
  return error;
}

describe('a picture that cannot be decoded fails for good', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('when it is a %s that was cut off', async (format) => {
    expect(await reason(await accepted({ image: await truncated(format) }))).toMatch(/^The picture cannot be decoded: \S/);
  });

  test('when only its first bytes are those of a picture', async () => {
    const image = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('the rest is text')]);

    expect(await reason(await accepted({ image }))).toMatch(/^The picture cannot be decoded: \S/);
  });

  test('and says the same at /image, now and later', async () => {
    const id = await accepted({ image: await truncated('png') });
    await settled(id);

    const answers = await Promise.all([said(send(`/api/${id}`)), said(send(`/api/${id}/image`)), said(send(`/api/${id}/image/`))]);
    expect(answers[0]).toMatchObject({ status: 422, type: JSON_TYPE });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

describe('a decompression bomb', () => {
  test('of 400 megapixels in 50 kilobytes fails with its size', async () => {
    const bomb = hugePng(20_000, 20_000);
    expect(bomb.length).toBeLessThan(60_000);

    expect(await reason(await accepted({ image: bomb }))).toBe('The picture has 20000 x 20000 pixels; at most 50 megapixels are resized.');
  });

  test('begins just over 50 megapixels: what has them exactly is resized', async () => {
    const [most, more] = await Promise.all([accepted({ image: hugePng(10_000, 5_000) }), accepted({ image: hugePng(10_000, 5_001) })]);

    expect(await measured(await result(most))).toEqual({ format: 'png', width: 20, height: 10 });
    expect(await reason(more)).toBe('The picture has 10000 x 5001 pixels; at most 50 megapixels are resized.');
  });

  test('may be small itself and ask for a huge result', async () => {
    const strip = await picture(1, 4_000);

    expect(await reason(await accepted({ image: strip, width: 1999, height: 2, fit: 'outside' }))).toBe(
      'The result would have 1999 x 7996000 pixels; at most 50 megapixels are resized.',
    );
  });

  test('that is a strip does no harm with any other fit', async () => {
    const strip = await picture(1, 4_000);
    const fits = ['fill', 'cover', 'contain', 'inside'];

    const ids = await Promise.all(fits.map((fit) => accepted({ image: strip, width: 1999, height: 2, fit })));

    const sizes = await Promise.all(ids.map(async (id) => measured(await result(id))));
    expect(sizes.map(({ width, height }) => `${width} x ${height}`)).toEqual(['1999 x 2', '1999 x 2', '1999 x 2', '1 x 2']);
  });
});

test('poison fails its own job only: good pictures that travel with it are done', async () => {
  const good = await picture(50, 50);
  const orders = [
    good,
    await truncated('png'),
    good,
    hugePng(30_000, 30_000),
    good,
    await truncated('jpeg'),
    good,
    await truncated('avif'),
    good,
    good,
    hugePng(10_000, 10_000),
    good,
  ];

  const ids = await Promise.all(orders.map((image) => accepted({ image })));
  const outcomes = await Promise.all(ids.map(async (id) => (await settled(id)).status));

  expect(outcomes).toEqual(orders.map((image) => (image === good ? 200 : 422)));
});
