// Which Python is taken: one that runs and is new enough, wherever it is.
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findPythonFrom, PythonMissing } from '../../emulators/python.ts';
import { temporaryFolder } from './emulator-fixture.ts';

/** A stand-in that answers as this version would, or fails as pyenv's scripts do. */
async function program(path: string, version?: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const answer = version ? `echo "${version.replace('.', ' ')} ${path}"` : 'echo "pyenv: command not found" >&2; exit 127';
  await writeFile(path, `#!/bin/sh\n${answer}\n`);
  await chmod(path, 0o755);
}

test('the preferred name on PATH is taken, from the first folder that has it', async () => {
  await using folder = await temporaryFolder();
  const bin = (name: string) => join(folder.path, name);
  await program(bin('a/python3'), '3.14');
  await program(bin('b/python3.14'), '3.14');
  await program(bin('b/python3.13'), '3.13');
  const PATH = `${bin('a')}:${bin('b')}`;
  expect(await findPythonFrom([3, 13], { PATH, HOME: folder.path })).toEqual({ executable: bin('b/python3.13'), version: [3, 13] });
});

test('a name that does not run is passed over, and pyenv’s own versions are found behind it', async () => {
  await using folder = await temporaryFolder();
  const shims = join(folder.path, '.pyenv/shims');
  await program(join(shims, 'python3.13'));
  await program(join(shims, 'python3'), '3.11');
  for (const version of ['3.11', '3.14', '3.9', '3.13'])
    await program(join(folder.path, `.pyenv/versions/${version}.0/bin/python3`), version);
  const found = await findPythonFrom([3, 13], { PATH: `${shims}:/bin`, HOME: folder.path });
  expect(found).toEqual({ executable: join(folder.path, '.pyenv/versions/3.13.0/bin/python3'), version: [3, 13] });
});

test('pyenv may be in another folder', async () => {
  await using folder = await temporaryFolder();
  const executable = join(folder.path, 'versions/3.13.2/bin/python3');
  await program(executable, '3.13');
  expect(await findPythonFrom([3, 13], { PATH: '', HOME: '/nowhere', PYENV_ROOT: folder.path })).toMatchObject({ executable });
});

test('where all are too old there is none', async () => {
  await using folder = await temporaryFolder();
  await program(join(folder.path, 'python3'), '3.12');
  await program(join(folder.path, 'python3.13'), '2.7');
  expect(await findPythonFrom([3, 13], { PATH: folder.path, HOME: folder.path })).toBeUndefined();
});

test('a Python that cannot make a virtual environment is none', async () => {
  await using folder = await temporaryFolder();
  const real = await findPythonFrom([3, 10]);
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  await symlink(real?.executable ?? '', join(bin, 'python3'));
  const environment = { PATH: bin, HOME: folder.path };
  expect(await findPythonFrom([3, 10], environment)).toBeDefined();
  await writeFile(join(folder.path, 'venv.py'), 'raise ImportError("no module named venv")');
  expect(await findPythonFrom([3, 10], { ...environment, PYTHONPATH: folder.path })).toBeUndefined();
});

test.each([
  ['3.12', 'is Python 3.12: name one of 3.13 or newer'],
  [undefined, 'is no Python that runs'],
])('STACKYARD_PYTHON is taken, or refused with a sentence (%s)', async (version, sentence) => {
  await using folder = await temporaryFolder();
  const [good, bad] = [join(folder.path, 'good'), join(folder.path, 'bad')];
  await program(good, '3.13');
  await program(bad, version);
  expect(await findPythonFrom([3, 13], { STACKYARD_PYTHON: good })).toMatchObject({ executable: good });
  const refused = findPythonFrom([3, 13], { STACKYARD_PYTHON: bad, PATH: process.env.PATH });
  await expect(refused).rejects.toThrow(PythonMissing);
  await expect(refused).rejects.toThrow(`STACKYARD_PYTHON=${bad} ${sentence}`);
});
