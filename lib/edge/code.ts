// Source of the CloudFront functions, completed with what is known when the app is synthesized.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnable } from './runtime.ts';

const source = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

/** Leads a page's address to its file, and answers what the site does not have with its 404 page, under the headers of the others. */
export function sitePagesCode(site: string, more: readonly string[], headers: Readonly<Record<string, string>>): string {
  const files = [
    ...readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(site.length))
      .filter((path) => !path.startsWith('/assets/')),
    ...more.map((name) => `/${name}`),
  ];
  return runnable(
    source('pages.js')
      .replace("'FILES'", JSON.stringify(files.sort()))
      .replace("'SECURITY_HEADERS'", () => JSON.stringify(headers))
      .replace("'NOT_FOUND'", () => JSON.stringify(readFileSync(join(site, '404.html'), 'utf8'))),
  );
}

export const acceptPictureCode = (): string => runnable(source('accept-picture.js'));

export const requestIdCode = (): string => runnable(source('request-id.js'));

export const viewerHostCode = (): string => runnable(source('viewer-host.js'));
