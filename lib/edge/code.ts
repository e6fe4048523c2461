// Source of the CloudFront functions, completed with what is known when the app is synthesized. A function may have 10 KB.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAX_BYTES = 10 * 1024;

const source = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

/** Leads a page's address to its file, and answers what the site does not have with its 404 page. */
export function sitePagesCode(site: string, more: readonly string[]): string {
  const files = [
    ...readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(site.length)),
    ...more.map((name) => `/${name}`),
  ];
  return bounded(
    source('pages.js')
      .replace("'FILES'", JSON.stringify(files.sort()))
      .replace("'NOT_FOUND'", () => JSON.stringify(readFileSync(join(site, '404.html'), 'utf8'))),
  );
}

export const acceptPictureCode = (): string => bounded(source('accept-picture.js'));

export const requestIdCode = (): string => bounded(source('request-id.js'));

function bounded(code: string): string {
  if (Buffer.byteLength(code) > MAX_BYTES)
    throw new Error(`A CloudFront function may have ${MAX_BYTES} bytes; this one has ${Buffer.byteLength(code)}`);
  return code;
}
