// The field `image`: base64 of something that can be a picture, known from its first bytes.
import { beforeAll, describe, expect, test } from 'vitest';
import { base64, picture } from '../support/pictures.ts';
import { order } from './pictures-client.ts';

const NO_PICTURE = "{'image': ['Not a valid picture.']}";

let png: Buffer;
beforeAll(async () => {
  png = await picture(30, 20);
});

const answerTo = async (image: unknown) => {
  const answer = await order({ image, width: 20, height: 10 });
  return { status: answer.status, errors: answer.headers.get('status') };
};

describe('is accepted as', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('%s', async (format) => {
    expect(await answerTo(base64(await picture(30, 20, format)))).toEqual({ status: 201, errors: null });
  });

  test("base64 in lines, as `base64` and Python's encodebytes write it", async () => {
    const text = base64(png);

    expect(text.length).toBeGreaterThan(76);
    expect(await answerTo(`${text.match(/.{1,76}/g)?.join('\n')}\n`)).toEqual({ status: 201, errors: null });
    expect(await answerTo(text.match(/.{1,64}/g)?.join('\r\n'))).toEqual({ status: 201, errors: null });
  });
});

describe('is refused as', () => {
  test.each<[what: string, image: unknown]>([
    ['null', null],
    ['a number', 5],
    ['a boolean', true],
    ['a list', ['iVBORw0KGgo=']],
    ['an object', { data: 'iVBORw0KGgo=' }],
    ['an empty text', ''],
    ['blanks', '  \n'],
    ['text that is not base64', 'not base64!'],
    ['base64 of a text', base64(Buffer.from('just a text, nothing to see'))],
    ['base64 of HTML', base64(Buffer.from('<!doctype html><title>x</title>'))],
    ['base64 of an SVG, which is a program that draws', base64(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['base64 of a PDF', base64(Buffer.from('%PDF-1.7\n'))],
    ['base64 of a ZIP', base64(Buffer.from('PK\u0003\u0004 and so on'))],
    ['base64 of a WAV, which is RIFF like WebP', base64(Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt '))],
    ['base64 of an MP4, which is ISO media like AVIF', base64(Buffer.from('\x00\x00\x00\x18ftypisom\x00\x00\x02\x00'))],
    ['base64 of half a signature', base64(Buffer.from('\x89PNG', 'latin1'))],
  ])('%s', async (_, image) => {
    expect(await answerTo(image)).toEqual({ status: 400, errors: NO_PICTURE });
  });

  test('a data URL', async () => {
    expect(await answerTo(`data:image/png;base64,${base64(png)}`)).toEqual({ status: 400, errors: NO_PICTURE });
  });

  test('base64 that is cut or has too much padding', async () => {
    const text = base64(png).replace(/=+$/, '');

    expect(await answerTo(text.slice(0, 4 * Math.floor(text.length / 4) - 3))).toEqual({ status: 400, errors: NO_PICTURE });
    expect(await answerTo(`${text.slice(0, 80)}====`)).toEqual({ status: 400, errors: NO_PICTURE });
    expect(await answerTo(`=${text.slice(0, 79)}`)).toEqual({ status: 400, errors: NO_PICTURE });
  });
});
