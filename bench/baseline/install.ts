// What the container version runs on, without containers: its Python packages in a virtual environment, nginx and Redis of the machine.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installDebianPackages } from '../../bin/prepare/debian.mjs';
import { findExecutable, SERVERS } from '../../local/backends/executables.mjs';

const venv = join(import.meta.dirname, '../../.stackyard/tools/baseline');
const requirements = join(import.meta.dirname, 'requirements.txt');

export interface Programs {
  readonly python: string;
  readonly gunicorn: string;
  readonly nginx: string;
  readonly redis: string;
}

/** Does nothing twice. Throws a sentence with what to install by hand. */
export async function install(): Promise<Programs> {
  const redis = findExecutable(SERVERS.redis);
  if (!redis) throw new Error('The baseline needs redis-server, which `npm start` installs where it can.');
  const nginx = findExecutable(['nginx']) ?? (await installNginx());
  await pythonPackages();
  return { redis, nginx, python: join(venv, 'bin/python'), gunicorn: join(venv, 'bin/gunicorn') };
}

async function installNginx(): Promise<string> {
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) await installDebianPackages([['nginx-light', 'nginx']]);
  const nginx = findExecutable(['nginx']);
  if (!nginx) throw new Error('The baseline needs nginx: install it (apt-get install nginx-light), without its service.');
  return nginx;
}

/** The list of what was installed is copied beside it last, so that an installation that was cut off is made anew. */
async function pythonPackages(): Promise<void> {
  const wanted = readFileSync(requirements, 'utf8');
  const mark = join(venv, 'installed.txt');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const python = findExecutable(['python3']);
  if (!python) throw new Error('The baseline needs Python 3.10 or newer: install python3 and python3-venv.');
  rmSync(venv, { recursive: true, force: true });
  await promisify(execFile)(python, ['-m', 'venv', venv]);
  await promisify(execFile)(join(venv, 'bin/pip'), ['install', '--no-deps', '-r', requirements]);
  writeFileSync(mark, wanted);
}
