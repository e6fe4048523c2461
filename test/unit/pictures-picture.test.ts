// What is a picture, by its text and its first bytes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Base64Picture, looksLikePicture } from '../../functions/pictures/picture.ts';
import { picture } from '../support/pictures.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const SIGNATURES: readonly [string, string][] = [
  ['PNG', '\x89PNG\r\n\x1a\n'],
  ['JPEG', '\xff\xd8\xff'],
  ['GIF of 1987', 'GIF87a'],
  ['GIF of 1989', 'GIF89a'],
  ['WebP', 'RIFF\x10\x00\x00\x00WEBP'],
  ['AVIF', '\x00\x00\x00\x20ftypavif'],
  ['AVIF sequence', '\x00\x00\x00\x20ftypavis'],
  ['little-endian TIFF', 'II*\x00'],
  ['big-endian TIFF', 'MM\x00*'],
];

describe('the first bytes', () => {
  it.each(SIGNATURES)('of %s are known, one less is not enough', (_, start) => {
    expect(looksLikePicture(bytes(`${start}and so on`))).toBe(true);
    expect(looksLikePicture(bytes(start.slice(0, -1)))).toBe(false);
  });

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('of what sharp writes as %s are known', async (format) => {
    expect(looksLikePicture(await picture(4, 4, format))).toBe(true);
  });

  it.each([
    '',
    '<svg',
    '%PDF-1.7',
    'BM',
    'RIFF\x10\x00\x00\x00WAVE',
    '\x00\x00\x00\x20ftypisom',
    'GIF88a',
    ' \x89PNG\r\n\x1a\n',
    'II+\x00',
  ])('%j are no picture', (start) => {
    expect(looksLikePicture(bytes(start))).toBe(false);
  });
});

describe('base64', () => {
  const png = bytes('\x89PNG\r\n\x1a\n and some more bytes');
  const decoded = (text: unknown) => {
    const { data } = Base64Picture.safeParse(text);
    return data && Buffer.from(data);
  };

  it('gives the bytes, wherever lines are broken', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.integer({ min: 1, max: 80 }),
        fc.constantFrom('\n', '\r\n', ' ', '\t'),
        (tail, width, gap) => {
          const whole = Buffer.concat([png, tail]);
          const text = whole
            .toString('base64')
            .match(new RegExp(`.{1,${width}}`, 'g'))
            ?.join(gap);
          expect(decoded(text)).toEqual(whole);
        },
      ),
    );
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['blanks', ' \n'],
    ['cut within a group', png.toString('base64').slice(0, 27)],
    ['padding in the middle', `${png.toString('base64').slice(0, 10)}==${png.toString('base64').slice(12)}`],
    ['too much padding', 'iVBO===='],
    ['URL-safe letters', png.toString('base64').replace('W', '_')],
    ['a data URL', `data:image/png;base64,${png.toString('base64')}`],
    ['another byte', `${png.toString('base64').slice(0, -1)}\u0000`],
    ['no picture', bytes('just a text').toString('base64')],
  ])('that is %s is refused in the words of the contract', (_, text) => {
    const { success, error } = Base64Picture.safeParse(text);

    expect(success).toBe(false);
    expect(error?.issues.map(({ message }) => message)).toEqual(['Not a valid picture.']);
  });
});
