// Packages as they are installed here, copied into a layer.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../node_modules');

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Undefined where it is not installed: packages for other machines are not. */
function manifestOf(name: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** Throws where it is not installed. */
export function installedVersion(name: string): string {
  const manifest = manifestOf(name);
  if (!manifest) throw new Error(`${name} is not installed: npm ci`);
  return manifest.version;
}

/** The packages, and everything that they depend on as far as it is installed, below `target`. `keeps` sees paths inside of a package. */
export function copyInstalled(names: readonly string[], target: string, keeps: (path: string) => boolean = () => true): void {
  const seen = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const manifest = seen.has(name) ? undefined : manifestOf(name);
    seen.add(name);
    if (!manifest) continue;
    const source = join(root, name);
    cpSync(source, join(target, name), { recursive: true, dereference: true, filter: (path) => keeps(path.slice(source.length + 1)) });
    waiting.push(...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
  }
}
