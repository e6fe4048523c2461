// A small file of JSON that is always whole: what a service must remember and MySQL is not for.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface JsonFile<Content> {
  /** Changed in place; `save` makes it last. */
  readonly content: Content;
  save(): void;
}

/** Only its owner may read the file. A kill leaves the content before or after a `save`, never half of it. */
export function jsonFile<Content>(path: string, empty: Content): JsonFile<Content> {
  const content = readJson<Content>(path) ?? empty;
  return {
    content,
    save() {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(content, null, 2), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}

function readJson<Content>(path: string): Content | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(text) as Content;
}
