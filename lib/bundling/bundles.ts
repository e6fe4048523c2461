// All functions, bundled at once by esbuild in this process: what they have in common, the AWS SDK above all, is read and parsed once. CDK's own
// NodejsFunction starts npx for each function, which takes longer than all the bundles together.
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildSync, type OutputFile } from 'esbuild';
import { replacements } from './replacements.ts';

export const projectRoot = join(import.meta.dirname, '../..');

const SUFFIX = '.handler.ts';
const functions = join(projectRoot, 'functions');

/** CommonJS packages inside an ES module bundle still call `require`. */
const REQUIRE_IN_ESM =
  "import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);";

/** Name of a file → its content. */
type Files = ReadonlyMap<string, Uint8Array>;

const made = new Map<string, ReadonlyMap<string, Files>>();

/**
 * Module and source map of every function, by its entry (`orders/api`). Source maps say where sources are from a folder right below `parent`. Throws with
 * esbuild's messages where something cannot be bundled.
 */
export function bundles(parent: string): ReadonlyMap<string, Files> {
  const known = made.get(parent);
  if (known) return known;
  const entries = readdirSync(functions, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length));
  const { outputFiles } = buildSync({
    entryPoints: Object.fromEntries(entries.map((entry) => [`${folderOf(entry)}/index`, join(functions, `${entry}${SUFFIX}`)])),
    outdir: parent,
    outExtension: { '.js': '.mjs' },
    write: false,
    absWorkingDir: projectRoot,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    external: ['sharp'],
    alias: { ...replacements },
    banner: { js: REQUIRE_IN_ESM },
    logLevel: 'error',
  });
  const files = Map.groupBy(outputFiles, ({ path }) => basename(dirname(path)));
  const all = new Map(entries.map((entry) => [entry, contents(files.get(folderOf(entry)) ?? [])]));
  made.set(parent, all);
  return all;
}

/** One folder deep, as the assets are. */
const folderOf = (entry: string) => entry.replaceAll('/', '-');

const contents = (files: readonly OutputFile[]): Files => new Map(files.map(({ path, contents }) => [basename(path), contents]));
