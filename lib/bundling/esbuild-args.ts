// What keeps bundles small: packages that are pulled in for cases that do not occur here.
import { join } from 'node:path';

const replacement = (name: string) => join(import.meta.dirname, name);

export const esbuildArgs: Readonly<Record<string, string>> = {
  // The Kafka client reads its WebAssembly from a file beside it; this variant carries it inside.
  '--alias:@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled',
  // Half a megabyte of character sets that no connection of ours uses.
  '--alias:iconv-lite': replacement('cesu8-iconv.cjs'),
  // Avro, for schema registries.
  '--alias:avsc': replacement('absent.cjs'),
};
