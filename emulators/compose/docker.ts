// Docker's compose command on the project's file.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../local/app/synthesis.ts';

const FILE = join(projectRoot, 'docker-compose.localstack.yml');
const LAST_LINES = 20;

/** Gives what it printed. Rejects with the end of that where it fails, and with a sentence where there is no such command. */
export function compose(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', ['compose', '--file', FILE, '--progress', 'plain', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', () => reject(new Error(MISSING)));
    child.on('close', (code) => {
      if (code === 0) return resolve(output);
      const end = output.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
      reject(new Error(NO_DOCKER.test(output) ? `${MISSING}\n\n${end}` : `docker compose ${args.join(' ')} failed:\n${end}`));
    });
  });
}

const MISSING =
  'This needs Docker with its compose plugin, and a daemon that runs. Without Docker, the same runs by: npm run localstack -- --native';

/** Of a command without the plugin, and of one without a daemon. */
const NO_DOCKER = /unknown (?:command: docker compose|flag: --file|shorthand flag)|Cannot connect to the Docker daemon/i;
