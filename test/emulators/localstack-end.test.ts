// However LocalStack ends, nothing of it goes on: no environment, no database, nothing that a function started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { Emulator } from '../../emulators/emulator.ts';
import { startLocalStack } from '../../emulators/localstack/start.ts';
import { eventually } from '../support/eventually.ts';
import { commandLine, descendants, isAlive } from '../support/processes.ts';
import { clientOf, deployFunction, freePort, started, temporaryFolder } from './emulator-fixture.ts';

const OWNER = fileURLToPath(new URL('./localstack-owner.ts', import.meta.url));

/** All processes of a LocalStack that is used: itself, a database, an environment that hangs, and what its function started in a session of its own. */
async function used(emulator: Emulator, { detached = true } = {}): Promise<number[]> {
  await new DynamoDBClient(clientOf(emulator)).send(
    new CreateTableCommand({
      TableName: 'any',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const invoke = await deployFunction(
    emulator,
    `import { spawn } from 'node:child_process';
     export const handler = async ({ hang }) => {
       while (hang);
       return [process.pid, spawn('sleep', ['600'], { detached: ${detached}, stdio: 'ignore' }).pid];
     };`,
    { timeout: 300 },
  );
  const { payload } = await invoke({ hang: false });
  // Its answer never comes.
  void invoke({ hang: true }).catch(() => {});
  const all = [emulator.pid, ...descendants(emulator.pid)];
  expect(all).toEqual(expect.arrayContaining(payload));
  expect(all.map(commandLine).join('\n')).toContain('dynamodb_local');
  return all;
}

const localStackOf = (processes: readonly number[]) =>
  processes.find((pid) => /-m stackyard_localstack/.test(commandLine(pid)) && !commandLine(pid).includes('supervisor.py')) ?? 0;

test('a stop leaves no process', async () => {
  await using run = await started(startLocalStack);
  const processes = await used(run.emulator);
  const began = Date.now();
  await run.emulator.stop();
  expect(processes.filter(isAlive)).toEqual([]);
  // Sooner than the SIGKILL that its supervisor sends after 8 s.
  expect(Date.now() - began).toBeLessThan(7_000);
});

test('a LocalStack that hangs is ended by a stop', async () => {
  await using run = await started(startLocalStack);
  const processes = await used(run.emulator);
  process.kill(localStackOf(processes), 'SIGSTOP');
  await run.emulator.stop();
  expect(processes.filter(isAlive)).toEqual([]);
});

test('a LocalStack that is killed takes all with it, and its end is logged', async () => {
  await using run = await started(startLocalStack);
  const processes = await used(run.emulator);
  process.kill(localStackOf(processes), 'SIGKILL');
  await eventually(() => processes.every((pid) => !isAlive(pid)));
  await eventually(() => run.logged.some((line) => /^error localstack {2}LocalStack 4\.14\.0 died \(exit code 137\)/.test(line)));
});

test('its supervisor takes all with it but what a function put into a session of its own', async () => {
  await using run = await started(startLocalStack);
  const processes = await used(run.emulator, { detached: false });
  process.kill(run.emulator.pid, 'SIGKILL');
  await eventually(() => processes.every((pid) => !isAlive(pid)));
});

test('the process that started it takes all with it', async () => {
  await using folder = await temporaryFolder();
  const owner = spawn(process.execPath, [OWNER, folder.path, String(await freePort())], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  const processes = await used(JSON.parse(line));
  owner.kill('SIGKILL');
  await eventually(() => processes.every((pid) => !isAlive(pid)));
});
