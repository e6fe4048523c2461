// The npm packages, installed when package-lock.json has changed since the last time.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { findNode, OLDEST_NODE } from './node24.mjs';

/** Inside node_modules, which `npm ci` removes first: an installation that was cut off leaves no mark. */
const markOf = (root) => join(root, 'node_modules', '.stackyard-lock');

const hashOf = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

export function packagesInstalled(root) {
  try {
    return readFileSync(markOf(root), 'utf8') === hashOf(root);
  } catch {
    return false;
  }
}

/** `npm ci`, then a Node that is new enough must be there. */
export async function installPackages(root) {
  const hash = hashOf(root);
  // Warnings would only say that the Node which installs is older than the one which will run.
  await npm(
    root,
    ['ci', '--no-progress', '--loglevel=error'],
    'The npm packages could not be installed; is the npm registry reachable from here?',
  );
  // npm may have left out the install script that puts the binary in its place.
  if (!findNode(root)) await npm(root, ['rebuild', 'node'], 'The npm package node could not be set up.');
  if (!findNode(root))
    throw new Error(
      `No Node ${OLDEST_NODE} for this machine in the npm package node: install Node ${OLDEST_NODE} or newer from nodejs.org.`,
    );
  writeFileSync(markOf(root), hash);
}

/** The npm that started us, where one did: it belongs to the Node that runs this. */
function npm(root, args, hint) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? run(process.execPath, [script, ...args], { cwd: root, hint }) : run('npm', args, { cwd: root, hint });
}
