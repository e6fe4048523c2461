// A picture that a page can show: its bytes behind an object URL, and what is known about them.
import { bytes } from '../frame/measures.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Shown {
  /** An object URL; whoever called `show` revokes it. */
  readonly url: string;
  /** Bytes. */
  readonly weight: number;
  /** Such as `image/png`; empty when the browser does not know the file. */
  readonly type: string;
  /** Missing when this browser cannot decode the picture, as with TIFF: the server may still be able to. */
  readonly size?: Size;
}

export async function show(blob: Blob): Promise<Shown> {
  const shown = { url: URL.createObjectURL(blob), weight: blob.size, type: blob.type };
  const image = new Image();
  image.src = shown.url;
  try {
    await image.decode();
    // An SVG without a size of its own measures 0.
    if (image.naturalWidth === 0 || image.naturalHeight === 0) return shown;
    return { ...shown, size: { width: image.naturalWidth, height: image.naturalHeight } };
  } catch {
    return shown;
  }
}

export const formatName = (type: string) =>
  type
    .replace(/^image\//, '')
    .replace(/\+.*/, '')
    .toUpperCase() || 'unknown format';

/** `1200 × 800 px, JPEG, 412 KiB`. */
export function measures({ size, type, weight }: Shown): string {
  return [...(size === undefined ? [] : [`${size.width} × ${size.height} px`]), formatName(type), bytes(weight)].join(', ');
}

/** A download keeps the picture's own name: `harbour.jpg` at 400 x 300 as WebP → `harbour-400x300.webp`. */
export function downloadName(name: string, { size, type }: Shown): string {
  const side = size === undefined ? '' : `-${size.width}x${size.height}`;
  return `${name.replace(/\.[^.]*$/, '')}${side}.${formatName(type).toLowerCase()}`;
}
