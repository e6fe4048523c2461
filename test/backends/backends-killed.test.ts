// What kills may do: to a server, to the host, to both; and a server that hangs.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { findExecutable, findJava } from '../../local/backends/executables.mjs';
import { processIdentity } from '../../local/backends/process-identity.mjs';
import { backends } from '../../local/backends/provision.ts';
import { ping, readRecord, readRow, type Servers, TOOLS, temporaryFolder, writeRecord, writeRow } from './backends-fixture.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };
const HOST = fileURLToPath(new URL('./backends-host.ts', import.meta.url));

/** A host process of its own, so that it can be killed; resolves when its servers answer. */
async function hostProcess(dataDir: string, environment: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; servers: Servers }> {
  const child = spawn(process.execPath, [HOST, dataDir, TOOLS], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, servers: JSON.parse(line) };
}

/** A PATH with the servers but without setpriv: as on a system where the kernel does not end the servers with their host. */
async function withoutSetpriv(folder: string): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const name of ['mariadbd', 'redis-server']) await symlink(findExecutable([name]) ?? '', join(bin, name));
  return { PATH: bin, JAVA_HOME: join(findJava() ?? '', '..', '..') };
}

const running = (servers: Servers) =>
  [servers.mysql.pid, servers.redis.pid, servers.kafka.pid].map((pid) => processIdentity(pid ?? 0) !== undefined);

describe('kills', { timeout: 60_000 }, () => {
  test('servers that are killed come back by themselves, on their ports, with all that was acknowledged', async () => {
    await using folder = await temporaryFolder();
    const errors: string[] = [];
    const host = backends({
      dataDir: folder.path,
      toolsDir: TOOLS,
      kafka: true,
      log: (level, source) => level === 'error' && errors.push(source),
    });
    const [mysql, redis, kafka] = await Promise.all([host.mysql(), host.redis(), host.kafka()]);
    await Promise.all([writeRow(mysql, 'a row'), writeRecord(kafka, 'a record')]);
    const killed = [mysql.pid, redis.pid, kafka.pid].map(Number);
    for (const pid of killed) process.kill(pid, 'SIGKILL');

    await vi.waitFor(async () => expect(await readRow(mysql)).toEqual([{ note: 'a row' }]), PATIENCE);
    await vi.waitFor(async () => expect(await ping(redis)).toBe('PONG'), PATIENCE);
    await vi.waitFor(async () => expect(await readRecord(kafka)).toBe('a record'), PATIENCE);
    expect(errors.sort()).toEqual(['kafka', 'mariadb', 'redis']);
    for (const pid of [mysql.pid, redis.pid, kafka.pid]) expect(killed).not.toContain(pid);
    await host.stop();
  });

  test('servers that hang are ended by a stop', async () => {
    await using folder = await temporaryFolder();
    const host = backends({ dataDir: folder.path, toolsDir: TOOLS, kafka: true, log: () => {} });
    const [mysql, redis, kafka] = await Promise.all([host.mysql(), host.redis(), host.kafka()]);
    const pids = [mysql.pid, redis.pid, kafka.pid].map(Number);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const startedAt = Date.now();
    await host.stop();
    expect(pids.map(processIdentity)).toEqual([undefined, undefined, undefined]);
    // Sooner than the SIGKILL that comes after 10 s: they were let go on and shut down in order.
    expect(Date.now() - startedAt).toBeLessThan(9_000);
  });

  test.runIf(process.platform === 'linux')('the kernel ends the servers of a host that is killed', async () => {
    await using folder = await temporaryFolder();
    const { child, servers } = await hostProcess(folder.path, process.env);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(running(servers)).toEqual([false, false, false]), PATIENCE);
  });

  test('where it does not, the next start on the data folder ends them and finds everything', async () => {
    await using folder = await temporaryFolder();
    const { child, servers } = await hostProcess(folder.path, await withoutSetpriv(folder.path));
    await Promise.all([writeRow(servers.mysql, 'a row'), writeRecord(servers.kafka, 'a record')]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(running(servers)).toEqual([true, true, true]);

    const host = backends({ dataDir: folder.path, toolsDir: TOOLS, kafka: true, log: () => {} });
    const [mysql, , kafka] = await Promise.all([host.mysql(), host.redis(), host.kafka()]);
    expect(running(servers)).toEqual([false, false, false]);
    expect(await readRow(mysql)).toEqual([{ note: 'a row' }]);
    expect(await readRecord(kafka)).toBe('a record');
    await host.stop();
  });
});
