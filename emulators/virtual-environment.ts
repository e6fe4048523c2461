// A Python program with exactly the packages that it was tried with, in a virtual environment of its own, made once.
import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../bin/prepare/command.mjs';
import { withLock } from '../bin/prepare/lock.mjs';
import type { Log } from '../local/log.ts';
import type { Python } from './python.ts';

export interface PythonProgram {
  /** Source of its log lines, e.g. `localstack`. */
  readonly name: string;
  /** For a person, with its version and its size on disk. */
  readonly title: string;
  /** Folder of the environment; what is there is whole. */
  readonly folder: string;
  /** File of every package with its version, those that others need included: nothing is resolved anew. */
  readonly requirements: string;
}

/** Gives the environment's interpreter. Its other programs would not run, since they name the folder where they were installed: use `python -m`. */
export async function installOnce(program: PythonProgram, python: Python, log: Log): Promise<string> {
  const { name, folder } = program;
  if (!(await isInstalled(program))) {
    const installUnlessDone = async () => {
      if (!(await isInstalled(program))) await install(program, python, log);
    };
    await withLock(`${folder}.lock`, installUnlessDone, { say: (text) => log('info', name, text) });
  }
  return interpreterOf(folder);
}

const interpreterOf = (folder: string): string => join(folder, 'bin', 'python');
const installedFrom = (folder: string): string => join(folder, 'requirements.txt');

/** Not where the packages are others by now, nor where the Python that it was made with is gone. */
async function isInstalled({ folder, requirements }: PythonProgram): Promise<boolean> {
  if (!existsSync(interpreterOf(folder))) return false;
  const texts = await Promise.all([requirements, installedFrom(folder)].map((file) => readFile(file, 'utf8').catch(() => undefined)));
  return texts[0] === texts[1];
}

/** Into another folder, which is renamed: an installation that was cut off is not taken for a whole one, and is removed by the next. */
async function install({ name, title, folder, requirements }: PythonProgram, python: Python, log: Log): Promise<void> {
  const startedAt = Date.now();
  log('info', name, `installing ${title} with Python ${python.version.join('.')}, once for this checkout`);
  const work = `${folder}.new`;
  const remove = () => rm(work, { recursive: true, force: true });
  await remove();
  try {
    await run(python.executable, ['-m', 'venv', work], { hint: `${python.executable} could not make a virtual environment.` });
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-input',
      '--disable-pip-version-check',
      '--no-deps',
      '--requirement',
      requirements,
    ];
    await run(interpreterOf(work), pip, { hint: `${title} could not be installed; is the Python package index reachable from here?` });
    await copyFile(requirements, installedFrom(work));
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder);
  } finally {
    await remove();
  }
  log('info', name, `${title} installed (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}
