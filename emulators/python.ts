// Looks for a Python that is new enough. A name on PATH proves nothing: pyenv puts scripts there that fail when they are called.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** `[3, 13]` is Python 3.13. */
export type PythonVersion = readonly [major: number, minor: number];

export interface Python {
  readonly executable: string;
  readonly version: PythonVersion;
}

/** No Python to run an emulator: the message is the whole sentence that the person needs. */
export class PythonMissing extends Error {
  override readonly name = 'PythonMissing';
}

/** The preferred first: 3.13 is what the emulators were tried with; packages come for newer ones with a delay. */
const MINORS = [13, 14, 12, 11, 10];
const PROBE_LIMIT_MS = 10_000;
/** Debian has a Python without the modules that make a virtual environment. */
const PROBE = 'import ensurepip, ssl, sys, venv; print(*sys.version_info[:2], sys.executable)';

/**
 * STACKYARD_PYTHON, which is taken or refused; else the first on PATH, then of pyenv's versions, that runs and is `oldest` or newer;
 * else undefined.
 */
export async function findPythonFrom(oldest: PythonVersion, environment: NodeJS.ProcessEnv = process.env): Promise<Python | undefined> {
  const given = environment.STACKYARD_PYTHON;
  if (given) {
    const python = await probe(given, environment);
    if (python && isFrom(oldest, python)) return python;
    const what = python ? `is Python ${python.version.join('.')}` : 'is no Python that runs, with its modules venv and ensurepip';
    throw new PythonMissing(`STACKYARD_PYTHON=${given} ${what}: name one of ${oldest.join('.')} or newer.`);
  }
  for (const candidate of [...onPath(environment), ...(await ofPyenv(environment))].filter(isExecutable)) {
    const python = await probe(candidate, environment);
    if (python && isFrom(oldest, python)) return python;
  }
  return undefined;
}

function onPath(environment: NodeJS.ProcessEnv): string[] {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const names = [...MINORS.map((minor) => `python3.${minor}`), 'python3'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Of ~/.pyenv/versions/3.13.0 and its like. */
async function ofPyenv(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const root = environment.PYENV_ROOT ?? join(environment.HOME ?? homedir(), '.pyenv');
  const versions = await readdir(join(root, 'versions')).catch(() => []);
  const rank = (version: string) => {
    const place = MINORS.indexOf(Number(version.split('.')[1]));
    return place < 0 ? MINORS.length : place;
  };
  return versions.sort((one, other) => rank(one) - rank(other)).map((version) => join(root, 'versions', version, 'bin', 'python3'));
}

async function probe(executable: string, environment: NodeJS.ProcessEnv): Promise<Python | undefined> {
  try {
    const { stdout } = await promisify(execFile)(executable, ['-c', PROBE], { env: environment, timeout: PROBE_LIMIT_MS });
    const [major, minor, ...path] = stdout.trim().split(' ');
    return { executable: path.join(' '), version: [Number(major), Number(minor)] };
  } catch {
    return undefined;
  }
}

const isFrom = (oldest: PythonVersion, { version: [major, minor] }: Python): boolean => major === oldest[0] && minor >= oldest[1];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
