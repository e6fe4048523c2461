// The Node that the project runs on. The machine's own may be older: the npm package `node` brings a newer one.
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const OLDEST_NODE = 24;

const major = (version) => Number(version.split('.')[0]);

/** `{path, version}` of a Node that is new enough: the one that runs this, else the checkout's own; or undefined. */
export function findNode(root, running = { path: process.execPath, version: process.versions.node }) {
  if (major(running.version) >= OLDEST_NODE) return running;
  const path = join(root, 'node_modules', 'node', 'bin', 'node');
  try {
    accessSync(path, constants.X_OK);
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8'));
    return major(version) >= OLDEST_NODE ? { path, version } : undefined;
  } catch {
    return undefined;
  }
}
