// The supervisor, with a shell in place of an emulator.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findPythonFrom } from '../../emulators/python.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';

const SUPERVISOR = fileURLToPath(new URL('../../emulators/supervisor.py', import.meta.url));

async function supervised(...command: string[]) {
  const python = await findPythonFrom([3, 10]);
  const child = spawn(python?.executable ?? 'python3', ['-I', SUPERVISOR, ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit').then(([code]) => code as number);
  const line = async () => String((await once(createInterface({ input: child.stdout }), 'line'))[0]);
  return { child, exit, line };
}

test('its exit code is that of its program; of a signal, 128 and the signal’s number', async () => {
  expect(await (await supervised('sh', '-c', 'exit 7')).exit).toBe(7);
  expect(await (await supervised('sh', '-c', 'kill -9 $$')).exit).toBe(137);
  expect(await (await supervised('/not/there')).exit).toBe(127);
});

test('what the program left behind is ended, also where it has left its session', async () => {
  const { exit, line } = await supervised('sh', '-c', 'setsid sh -c "echo \\$\\$; exec sleep 600" & exec sleep 0.5');
  const left = Number(await line());
  expect(isAlive(left)).toBe(true);
  expect(await exit).toBe(0);
  expect(isAlive(left)).toBe(false);
});

test('a SIGTERM ends the program in its own way', async () => {
  const { child, exit, line } = await supervised('sh', '-c', "trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done");
  await line();
  child.kill('SIGTERM');
  expect(await exit).toBe(5);
});

test('a program that does not heed a SIGTERM is killed', async () => {
  const { child, exit, line } = await supervised('sh', '-c', "trap '' TERM; echo up; while :; do sleep 0.05; done");
  await line();
  child.kill('SIGTERM');
  expect(await exit).toBe(137);
});

test('the program ends when the supervisor is killed', async () => {
  const { child, line } = await supervised('sh', '-c', 'echo $$; exec sleep 600');
  const program = Number(await line());
  child.kill('SIGKILL');
  await eventually(() => !isAlive(program));
});
