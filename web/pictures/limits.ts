// What the pictures system accepts, and its texts, so that a person reads the same words before sending as after.

const smallestSide = 2;
const largestSide = 1999;
/** Bytes of JSON that one request may hold. */
export const largestRequest = 5.5 * 1024 * 1024;

export const texts = {
  missing: 'Missing data for required field.',
  side: 'Value must be greater than 0 and less than 2000 px',
  picture: 'Not a valid picture.',
} as const;

export const fits = {
  fill: 'Stretch to exactly this size',
  cover: 'Fill the size, crop what is over',
  contain: 'Show all of it, pad the rest',
  inside: 'As large as fits inside',
  outside: 'As small as still covers',
} as const;
export const formats = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF' } as const;

export type Fit = keyof typeof fits;
export type Format = keyof typeof formats;

export interface Settings {
  /** As typed: may be empty or not a number. */
  readonly width: string;
  readonly height: string;
  readonly fit: Fit;
  readonly format: Format;
}

export type FieldErrors = Partial<Record<'image' | 'width' | 'height' | 'fit' | 'format', string>>;

export function sideError(typed: string): string | undefined {
  if (typed.trim() === '') return texts.missing;
  return /^\d+$/.test(typed.trim()) && Number(typed) >= smallestSide && Number(typed) <= largestSide ? undefined : texts.side;
}

/** Bytes of the request that a file becomes: base64 makes 4 bytes of 3; 200 cover the other fields. */
export const requestSize = (fileSize: number) => Math.ceil(fileSize / 3) * 4 + 200;

/** The largest file whose request stays under the limit. */
export const largestFile = Math.floor((largestRequest - 200) / 4) * 3;

/** The first size to offer for a picture: its own, made to fit into 800 px, never outside the limits. */
export function startingSize(natural: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, 800 / Math.max(natural.width, natural.height));
  return { width: clampSide(natural.width * scale), height: clampSide(natural.height * scale) };
}

export const clampSide = (value: number) => Math.min(largestSide, Math.max(smallestSide, Math.round(value)));
