// The files of a bucket deployment: asset folders laid over each other, filtered, markers replaced.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface SiteSource {
  readonly folder: string;
  /** Placeholder in the files' text to what it became once the template was resolved. */
  readonly markers: Readonly<Record<string, string>>;
}

export interface SiteFilter {
  /** Put before each key, without a slash at its end. */
  readonly prefix: string;
  /** Patterns of `aws s3 sync`, against the path in the folder: `*` also spans slashes. */
  readonly exclude: readonly string[];
  readonly include: readonly string[];
}

export interface SiteFile {
  readonly key: string;
  readonly content: Buffer;
}

/** By key; of two sources with the same path the later one counts. Throws where an asset is no folder. */
export function siteFiles(sources: readonly SiteSource[], filter: SiteFilter): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  for (const { folder, markers } of sources) {
    if (!statSync(folder).isDirectory())
      throw new Error(`${folder} is an archive; a bucket deployment takes folders here: give Source.asset the folder itself.`);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const path = relative(folder, file).split(sep).join('/');
      const key = under(filter) + path;
      if (isLeftOut(key, filter)) continue;
      files.set(key, { key, content: withMarkers(readFileSync(file), markers) });
    }
  }
  return files;
}

/** Neither sent nor pruned: another deployment's. */
export function isLeftOut(key: string, { prefix, exclude, include }: SiteFilter): boolean {
  const path = key.slice(under({ prefix }).length);
  return exclude.some((pattern) => fits(path, pattern)) && !include.some((pattern) => fits(path, pattern));
}

const under = ({ prefix }: Pick<SiteFilter, 'prefix'>) => (prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`);

function withMarkers(content: Buffer, markers: Readonly<Record<string, string>>): Buffer {
  const replaced = Object.entries(markers);
  if (replaced.length === 0) return content;
  return Buffer.from(replaced.reduce((text, [marker, value]) => text.replaceAll(marker, () => value), content.toString('utf8')));
}

const fits = (path: string, pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(path);
