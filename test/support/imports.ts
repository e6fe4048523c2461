// Which source file imports which: enough for rules about direction and cycles, because every import of ours names its file.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout, checkoutFiles } from './checkout-files.ts';

const IMPORT = /(?:^|[\n;])\s*(?:import|export)\s+(?:[\w*\s{},$]+\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

const TYPES_ONLY = /\b(?:import|export) type [\w*\s{},$]+ from '[^']+';/g;

export interface SourceFile {
  /** From the top of the project, `functions/status/service.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Paths of our own files, types included; names of packages as they are written. */
  readonly imports: readonly string[];
  /** Those among them that are loaded when it runs. */
  readonly loads: readonly string[];
}

/** Every program of ours below these folders. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) => checkoutFiles(folder))
    .filter((path) => /\.(ts|tsx|mjs|cjs|js)$/.test(path))
    .map((path) => {
      const text = readFileSync(join(checkout, path), 'utf8');
      return {
        path,
        text,
        lines: text.split('\n').length - 1,
        imports: importsOf(path, text),
        loads: importsOf(path, text.replaceAll(TYPES_ONLY, '')),
      };
    });
}

export function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, fixed, dynamic]) => {
    const name = (fixed ?? dynamic) as string;
    return name.startsWith('.') ? join(dirname(path), name) : name;
  });
}

/** A cycle of files that load each other, or undefined. Types may describe each other: nothing is left of them at run time. */
export function cycleIn(files: readonly SourceFile[]): readonly string[] | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of byPath.get(path)?.loads ?? []) {
      const found = visit(next, [...way, path]);
      if (found) return found;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of files) {
    const found = visit(path, []);
    if (found) return found;
  }
  return undefined;
}
