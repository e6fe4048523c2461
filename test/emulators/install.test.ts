// What is missing on a machine is said in a sentence that tells what to install.
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPython, installLocalStack } from '../../emulators/localstack/install.ts';
import { installMiniStack } from '../../emulators/ministack/install.ts';
import { PythonMissing } from '../../emulators/python.ts';
import { findJava } from '../../local/backends/executables.mjs';
import { BackendMissing } from '../../local/backends/ladder.ts';
import { temporaryFolder } from './emulator-fixture.ts';

const log = () => {};

test.each([
  [installLocalStack, 'LocalStack 4.14.0 needs Python 3.13 or newer'],
  [installMiniStack, 'MiniStack 1.5.33 needs Python 3.10 or newer'],
])('without a Python that is new enough: %o', async (install, sentence) => {
  await using folder = await temporaryFolder();
  const installed = install({ toolsDir: folder.path, log, environment: { PATH: '', HOME: folder.path } });
  await expect(installed).rejects.toThrow(PythonMissing);
  await expect(installed).rejects.toThrow(sentence);
});

test('without Java, then without Maven, LocalStack has no tables', async () => {
  await using folder = await temporaryFolder();
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  const environment = { PATH: bin, STACKYARD_PYTHON: (await findPython())?.executable };
  const install = () => installLocalStack({ toolsDir: folder.path, log, environment });
  await expect(install()).rejects.toThrow(BackendMissing);
  await expect(install()).rejects.toThrow('No Java 17 or newer found for DynamoDB Local 2.6.1');
  await symlink(findJava() ?? '', join(bin, 'java'));
  await expect(install()).rejects.toThrow('No Maven found, which fetches DynamoDB Local 2.6.1');
});
