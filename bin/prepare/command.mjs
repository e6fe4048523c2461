// Runs one of the preparation's programs quietly; what it wrote is shown only where it fails.
import { spawn } from 'node:child_process';

const EXCERPT_CHARACTERS = 1000;

/** Resolves when `program` ends with 0; rejects with `hint` and an excerpt of its output where it does not. */
export function run(program, args, { hint, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new Error(`${hint}\n${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${hint}\n${program} ${args.join(' ')} ended with ${signal ?? code}:\n${excerpt(output.trim())}`));
    });
  });
}

/** Beginning and end: apt tells what is wrong last, npm first. */
function excerpt(output) {
  if (output.length <= 2 * EXCERPT_CHARACTERS) return output;
  return `${output.slice(0, EXCERPT_CHARACTERS)}\n…\n${output.slice(-EXCERPT_CHARACTERS)}`;
}
