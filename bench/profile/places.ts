// Names and places as they stand in the sources: the functions that run are minified bundles.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapping } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallFrame } from './v8.ts';

const root = join(import.meta.dirname, '../..');

export interface Place {
  readonly name: string;
  /** `functions/stock/ledger.ts:40`, `node_modules/mysql2/…:12`, `node:net:300`; empty for V8 and native code. */
  readonly file: string;
  /** What it belongs to: a package of npm, a folder of ours, `node`, or `native`. */
  readonly owner: string;
}

/** The types of Node leave the name out. */
type NamedMapping = SourceMapping & { readonly name?: string };

const maps = new Map<string, SourceMap | undefined>();

export function placeOf({ functionName, url, lineNumber, columnNumber }: CallFrame): Place {
  const written = mapOf(url)?.findEntry(lineNumber, columnNumber);
  const mapped = written && 'originalSource' in written ? (written as NamedMapping) : undefined;
  // esbuild's names have one to three letters; a longer one is a property's, which it keeps.
  const name = (functionName.length <= 3 && mapped?.name) || functionName || '(anonymous)';
  const path = tidy(mapped?.originalSource ?? url);
  const line = mapped?.originalLine ?? lineNumber;
  return { name, file: path && `${path}:${line + 1}`, owner: ownerOf(path, functionName) };
}

function mapOf(url: string): SourceMap | undefined {
  if (!url.startsWith('file:')) return undefined;
  if (!maps.has(url)) {
    const file = `${fileURLToPath(url)}.map`;
    maps.set(url, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
  }
  return maps.get(url);
}

/** From the top of the checkout on; maps tell the way from the bundle's folder, however deep that is. */
function tidy(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return path.replace(`${root}/`, '').replace(/^(\.\.\/)+/, '');
}

function ownerOf(path: string, functionName: string): string {
  if (path.startsWith('node:')) return 'node';
  const parts = path.split('/');
  const at = parts.lastIndexOf('node_modules');
  if (at !== -1) return parts.slice(at + 1, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join('/');
  if (path === '') return functionName.startsWith('(') ? functionName : 'native';
  return path.startsWith('[') ? 'local/lambda/bootstrap' : parts.slice(0, 2).join('/');
}
