// What a picture is, from its text: base64 of a format that the resizer decodes. Known from the first bytes, without decoding it.
import * as z from 'zod';

const NOT_A_PICTURE = 'Not a valid picture.';
const ascii = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** ISO base media brands of AVIF. */
const AVIF_BRANDS = new Set(['avif', 'avis', 'mif1']);

const signatures: readonly ((bytes: Uint8Array) => boolean)[] = [
  (bytes) => ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n',
  (bytes) => ascii(bytes, 0, 3) === '\xff\xd8\xff',
  (bytes) => ['GIF87a', 'GIF89a'].includes(ascii(bytes, 0, 6)),
  (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP',
  (bytes) => ascii(bytes, 4, 8) === 'ftyp' && AVIF_BRANDS.has(ascii(bytes, 8, 12)),
  (bytes) => ['II*\0', 'MM\0*'].includes(ascii(bytes, 0, 4)),
];

/** True for PNG, JPEG, GIF, WebP, AVIF and TIFF. SVG is left out: it is a program that draws, not a picture. */
export const looksLikePicture = (bytes: Uint8Array): boolean => signatures.some((matches) => matches(bytes));

/** Base64 text (line breaks allowed, as `base64` and Python's `encodebytes` write them) to the picture's bytes. */
export const Base64Picture = z.string().transform((text, context) => {
  const bytes = bytesOf(text) ?? bytesOf(text.replace(/\s+/g, ''));
  if (bytes && looksLikePicture(bytes)) return bytes;
  context.addIssue({ code: 'custom', message: NOT_A_PICTURE });
  return z.NEVER;
});

/**
 * Undefined where `text` is not base64. Node's decoder leaves out what is not of the alphabet, so that the result is too short; it reads the
 * alphabet of URLs as well, which is none of ours. A regular expression would look at each of up to seven million characters: 5 ms a megabyte.
 */
function bytesOf(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === (text.length / 4) * 3 - padding ? bytes : undefined;
}
