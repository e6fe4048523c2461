// npm start from a bare checkout, in a small copy of one: the real bin/, a stand-in for npm, and a program that tells what it was given.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
let root: string;

/** Its name has a space, as a person's folders have. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bare checkout-'));
  await cp(join(CHECKOUT, 'bin'), join(root, 'bin'), { recursive: true });
  await cp(join(CHECKOUT, 'local', 'backends'), join(root, 'local', 'backends'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'package-lock.json'), '{}');
  await program('process.stdout.write(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;');
  await npm('echo run >> npm-runs; mkdir -p node_modules');
  await symlink(process.execPath, join(root, 'tools', 'node'));
});
afterEach(() => rm(root, { recursive: true }));

const program = (source: string) => writeFile(join(root, 'local', 'main.ts'), source);

async function npm(commands: string): Promise<void> {
  await mkdir(join(root, 'tools'), { recursive: true });
  await writeFile(join(root, 'tools', 'npm'), `#!/bin/sh\n${commands}\n`, { mode: 0o755 });
}

const npmRuns = async () => (await readFile(join(root, 'npm-runs'), 'utf8')).trim().split('\n').length;

function start(...args: string[]) {
  const environment = {
    PATH: `${join(root, 'tools')}:/usr/bin:/bin`,
    MYSQL_URL: 'mysql://db.test',
    REDIS_URL: 'redis://cache.test',
    KAFKA_BROKERS: 'broker.test:9092',
  };
  return spawn(process.execPath, [join(root, 'bin', 'start.mjs'), ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function outcome(child: ReturnType<typeof start>) {
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code };
}

test('packages are installed once, each step is one line, and the program gets the arguments and gives the exit code', async () => {
  const first = await outcome(start('--port', '0', 'with space'));
  expect(first).toMatchObject({ out: '["--port","0","with space"]', code: 7 });
  expect(first.err).toMatch(/^✓ npm packages \(\d+\.\d s\)\n✓ Node .*\(\d+\.\d s\)\n$/);
  await outcome(start());
  expect(await npmRuns()).toBe(1);
});

test('a changed lock file has the packages installed again', async () => {
  await outcome(start());
  await writeFile(join(root, 'package-lock.json'), '{"name":"changed"}');
  await outcome(start());
  expect(await npmRuns()).toBe(2);
});

test('two at once install once', async () => {
  await npm('echo run >> npm-runs; sleep 0.3; mkdir -p node_modules');
  const both = await Promise.all([outcome(start()), outcome(start())]);
  expect(both.map(({ code }) => code)).toEqual([7, 7]);
  expect(await npmRuns()).toBe(1);
});

test('the lock of a preparation that was killed is taken over', async () => {
  await mkdir(join(root, '.stackyard'));
  await writeFile(join(root, '.stackyard', 'prepare.lock'), JSON.stringify({ pid: process.pid, identity: 'a boot long ago' }));
  expect(await outcome(start())).toMatchObject({ code: 7 });
});

test('a failed installation ends with what npm said, and is done again the next time', async () => {
  await npm('echo "no route to the registry" >&2; exit 1');
  const { code, err } = await outcome(start());
  expect(code).toBe(1);
  expect(err).toContain('✗ npm packages');
  expect(err).toContain('no route to the registry');
  await npm('echo run >> npm-runs; mkdir -p node_modules');
  expect(await outcome(start())).toMatchObject({ code: 7 });
});

test('--help answers before anything is installed', async () => {
  const { out, code } = await outcome(start('--help'));
  expect(code).toBe(0);
  for (const option of ['--port', '--fresh', '--no-kafka', '--data', '--watch', '--verbose', '--events-per-environment'])
    expect(out).toContain(option);
  await expect(readFile(join(root, 'npm-runs'))).rejects.toThrow('ENOENT');
});

test('a signal reaches the program, and its exit code comes back', async () => {
  await program("process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); process.stdout.write('up');");
  const child = start();
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await vi.waitFor(() => expect(out).toBe('up'), { timeout: 10_000 });
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(5);
});
