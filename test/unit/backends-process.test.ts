// The small parts that keep an owned server: ports, back-off, and knowing a process again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backOff, ownServer } from '../../local/backends/owned-server.ts';
import { isFree, keptPorts } from '../../local/backends/ports.ts';
import { processIdentity } from '../../local/backends/process-identity.mjs';
import { endOrphan, recordProcess } from '../../local/backends/process-record.ts';

let dir: string;
let children: ChildProcess[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backends-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

const silent = () => {};
async function sleeper(): Promise<number> {
  const child = spawn('sleep', ['60']);
  children.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}

test('the wait before a restart doubles up to 30 s', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(backOff)).toEqual([1, 2, 4, 8, 16, 30, 30]);
});

test('ports stay the same over restarts while they are free', async () => {
  const first = await keptPorts(dir, 2);
  expect(new Set(first).size).toBe(2);
  expect(await keptPorts(dir, 2)).toEqual(first);
});

test('a port that somebody else has taken is chosen anew', async () => {
  const [port] = await keptPorts(dir, 1);
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  expect(await isFree(port ?? 0)).toBe(false);
  expect(await keptPorts(dir, 1)).not.toEqual([port]);
  other.close();
});

test('a process has one identity, another process another, and an ended one none', async () => {
  const pid = await sleeper();
  expect(processIdentity(pid)).toBe(processIdentity(pid));
  expect(processIdentity(pid)).not.toBe(processIdentity(process.pid));
  const child = children[0] as ChildProcess;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processIdentity(pid)).toBeUndefined();
});

/** Rewrites the record as a host would have left it that has died since. */
function hostDied(change: (record: { server: { identity: string } }) => void = silent): void {
  const file = join(dir, 'process.json');
  const record = JSON.parse(readFileSync(file, 'utf8'));
  record.host.identity = 'a boot long ago';
  change(record);
  writeFileSync(file, JSON.stringify(record));
}

test('a server whose host is dead is ended', async () => {
  const pid = await sleeper();
  recordProcess(dir, pid);
  hostDied();
  await endOrphan('sleeper', dir, silent);
  expect(processIdentity(pid)).toBeUndefined();
});

test('a stopped server whose host is dead still ends in its own way', async () => {
  // Like a real server it handles SIGTERM: a process that does not is ended by the signal even while it is stopped.
  const handler = "process.on('SIGTERM', () => process.exit(42)); setInterval(() => {}, 1000); console.log('up')";
  const child = spawn(process.execPath, ['-e', handler]);
  children.push(child);
  await once(child.stdout, 'data');
  recordProcess(dir, child.pid ?? 0);
  hostDied();
  child.kill('SIGSTOP');
  const exit = once(child, 'exit');
  await endOrphan('handler', dir, silent);
  expect(await exit).toEqual([42, null]);
});

test('a process that merely has the number of an earlier server is left alone', async () => {
  const pid = await sleeper();
  recordProcess(dir, pid);
  hostDied((record) => {
    record.server.identity = 'a boot long ago';
  });
  await endOrphan('sleeper', dir, silent);
  expect(processIdentity(pid)).toBeDefined();
});

test('a data folder whose host is alive is refused with its pid', async () => {
  recordProcess(dir, await sleeper());
  await expect(endOrphan('sleeper', dir, silent)).rejects.toThrow(`in use by the process ${process.pid}`);
});

test('a server that dies at start is reported with the end of its log and where the log is', async () => {
  const started = ownServer(
    {
      name: 'broken',
      dir,
      ports: 1,
      prepare: async () => ({ title: 'broken', command: { executable: '/bin/sh', args: ['-c', 'echo cannot find my data >&2; exit 3'] } }),
      answers: async () => false,
    },
    { environment: process.env, log: silent, signal: new AbortController().signal },
  );
  await expect(started).rejects.toThrow(new RegExp(`exit code 3.*${dir}/server.log:\ncannot find my data`, 's'));
});
