// An emulator is installed once, whole or not at all. A script stands in for Python, and counts what it is asked to install.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installOnce } from '../../emulators/virtual-environment.ts';
import { temporaryFolder } from './emulator-fixture.ts';

/** `pip`: shell commands instead of an installation. */
async function standIn(folder: string) {
  const [executable, runs, requirements] = [join(folder, 'python'), join(folder, 'runs'), join(folder, 'requirements.txt')];
  const pip = async (commands: string) => {
    const venv = `mkdir -p "$3/bin" && cp "${executable}" "$3/bin/python"`;
    await writeFile(executable, `#!/bin/sh\ncase "$2" in venv) ${venv};; pip) echo run >> "${runs}"; ${commands};; esac\n`, {
      mode: 0o755,
    });
  };
  await pip(':');
  await writeFile(requirements, 'one==1\n');
  const program = { name: 'emulator', title: 'Emulator 1.0', folder: join(folder, 'tools', 'emulator-1.0'), requirements };
  const logged: string[] = [];
  return {
    program,
    pip,
    logged,
    install: () => installOnce(program, { executable, version: [3, 13] }, (_level, _source, message) => void logged.push(message)),
    runs: async () => (await readFile(runs, 'utf8')).trim().split('\n').length,
  };
}

test('it is installed once, with its time said', async () => {
  await using folder = await temporaryFolder();
  const { install, runs, program, logged } = await standIn(folder.path);
  expect(await install()).toBe(join(program.folder, 'bin/python'));
  expect(existsSync(await install())).toBe(true);
  expect(await runs()).toBe(1);
  expect(logged).toEqual([
    'installing Emulator 1.0 with Python 3.13, once for this checkout',
    expect.stringMatching(/^Emulator 1\.0 installed \(\d+\.\d s\)$/),
  ]);
});

test('two at once install once', async () => {
  await using folder = await temporaryFolder();
  const { install, runs, pip } = await standIn(folder.path);
  await pip('sleep 0.3');
  expect(new Set(await Promise.all([install(), install()])).size).toBe(1);
  expect(await runs()).toBe(1);
});

test('a failed installation ends with what pip said, leaves nothing, and is done again the next time', async () => {
  await using folder = await temporaryFolder();
  const { install, runs, pip, program } = await standIn(folder.path);
  await pip('echo "no route to the index" >&2; exit 1');
  await expect(install()).rejects.toThrow(/Emulator 1\.0 could not be installed(.|\n)*no route to the index/);
  expect([program.folder, `${program.folder}.new`, `${program.folder}.lock`].filter(existsSync)).toEqual([]);
  await pip(':');
  await install();
  expect(await runs()).toBe(2);
});

test('what a killed installation left is not taken for a whole one', async () => {
  await using folder = await temporaryFolder();
  const { install, runs, program } = await standIn(folder.path);
  await mkdir(`${program.folder}.new/bin`, { recursive: true });
  await writeFile(`${program.folder}.new/bin/python`, 'half of it');
  await writeFile(`${program.folder}.new/half`, '');
  await install();
  expect(await runs()).toBe(1);
  expect(existsSync(join(program.folder, 'half'))).toBe(false);
});

test('it is installed again where its packages are others by now, or its Python is gone', async () => {
  await using folder = await temporaryFolder();
  const { install, runs, program } = await standIn(folder.path);
  await install();
  await writeFile(program.requirements, 'one==2\n');
  await install();
  expect(await runs()).toBe(2);
  await rm(join(program.folder, 'bin/python'));
  await install();
  expect(await runs()).toBe(3);
});
