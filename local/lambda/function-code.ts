// Where a function's code lies unpacked: an asset folder of the assembly, or a folder made from inline code.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Assembly } from '../assembly/manifest.ts';

/** Throws where the asset is an archive. */
export function assetFolder(assembly: Assembly, s3Key: string): string {
  const path = resolve(assembly.assetPath(s3Key));
  if (!statSync(path).isDirectory())
    throw new Error(`${path} is an archive, and only folders are run here: give Code.fromAsset the unpacked folder`);
  if (!relative(assembly.directory, path).startsWith('..')) closeModuleScope(assembly.directory);
  return path;
}

/**
 * In `/var/task` no package.json lies above the code, so `index.js` is CommonJS there. The assembly lies inside of a project, whose
 * `"type": "module"` would make it ESM: an empty package.json between them restores Lambda's reading.
 */
function closeModuleScope(directory: string): void {
  const file = join(directory, 'package.json');
  if (!existsSync(file)) writeFileSync(file, '{}\n');
}

/** Writes `index.js`, as CloudFormation packs a `ZipFile` of a Node.js function. */
export function inlineFolder(folder: string, source: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}\n');
  writeFileSync(join(folder, 'index.js'), source);
  return folder;
}
