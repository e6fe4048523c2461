// CloudFront's compression of text: what is encoded, and how the head changes.
import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { headerOf } from '../rest/headers.ts';
import type { Head } from './response-head.ts';

/** Bytes between which CloudFront compresses. */
const SIZE = { min: 1_000, max: 10_000_000 };
const TEXT = /^(?:text\/|application\/(?:javascript|json|xml|wasm|manifest\+json|.*\+(?:json|xml))|image\/svg\+xml|font\/(?:ttf|otf))/i;
/** Brotli's default, 11, is for files compressed once; at 4 it is as fast as gzip and smaller. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

export interface Encodings {
  readonly gzip: boolean;
  readonly brotli: boolean;
}

/** The head and encoder for a body that this viewer takes compressed; undefined where it goes as it is. */
export function compressed(
  head: Head,
  acceptEncoding: string | undefined,
  { gzip, brotli }: Encodings,
): { head: Head; encoder: Transform } | undefined {
  const accepts = (coding: string) => new RegExp(`(?:^|[,\\s])${coding}(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`, 'i').test(acceptEncoding ?? '');
  const coding = brotli && accepts('br') ? 'br' : gzip && accepts('gzip') ? 'gzip' : undefined;
  const length = Number(headerOf(head.headers, 'content-length') ?? 0);
  const isFit =
    head.status === 200 &&
    length >= SIZE.min &&
    length <= SIZE.max &&
    TEXT.test(headerOf(head.headers, 'content-type') ?? '') &&
    headerOf(head.headers, 'content-encoding') === undefined;
  if (!coding || !isFit) return undefined;
  const headers = ['Content-Encoding', coding, 'Vary', 'Accept-Encoding'];
  for (let i = 0; i < head.headers.length; i += 2) {
    const name = head.headers[i] ?? '';
    const value = head.headers[i + 1] ?? '';
    // The same object in another encoding is no longer byte for byte the same: its tag turns weak.
    if (/^etag$/i.test(name)) headers.push(name, value.startsWith('W/') ? value : `W/${value}`);
    else if (!/^content-length$/i.test(name)) headers.push(name, value);
  }
  return { head: { status: head.status, headers }, encoder: coding === 'br' ? createBrotliCompress(BROTLI) : createGzip() };
}
