// MiniStack 1.5.33 from the Python package index: a second emulator, lighter than LocalStack.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../local/log.ts';
import { findPythonFrom, type Python, PythonMissing } from '../python.ts';
import { installOnce } from '../virtual-environment.ts';

export const MINISTACK_VERSION = '1.5.33';
const TITLE = `MiniStack ${MINISTACK_VERSION}`;
const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));

/** The Python that MiniStack would be run by, or undefined. */
export const findPython = (environment?: NodeJS.ProcessEnv): Promise<Python | undefined> => findPythonFrom([3, 10], environment);

/** Gives the path of the interpreter that has it. Does nothing twice; rejects with PythonMissing. */
export async function installMiniStack(options: {
  readonly toolsDir: string;
  readonly log: Log;
  readonly environment?: NodeJS.ProcessEnv;
}): Promise<string> {
  const { toolsDir, log, environment = process.env } = options;
  const python = await findPython(environment);
  if (!python) {
    throw new PythonMissing(
      `${TITLE} needs Python 3.10 or newer with its venv module, and none that runs was found on PATH or among pyenv's: install it (Debian: apt-get install python3-venv), or name it in STACKYARD_PYTHON.`,
    );
  }
  const folder = join(toolsDir, `ministack-${MINISTACK_VERSION}`);
  return installOnce({ name: 'ministack', title: TITLE, folder, requirements: REQUIREMENTS }, python, log);
}
