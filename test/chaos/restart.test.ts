// Killed or stopped at any moment, the host comes back with everything that it had acknowledged, and leaves no process behind.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { base64, order, picture } from '../support/pictures.ts';
import { commandLine, descendants, isAlive, processesOf } from '../support/processes.ts';

const apps = new Set<HostedApp>();
let image: string;

beforeEach(async () => {
  image = base64(await picture(40, 30));
});

afterEach(async () => {
  for (const app of apps) {
    await app.stop();
    await app.forget();
  }
  apps.clear();
});

async function started(options: Parameters<typeof startApp>[0] = {}): Promise<HostedApp> {
  const app = await startApp(options);
  apps.add(app);
  return app;
}

async function post({ url }: HostedApp, width = 10): Promise<string> {
  const response = await order(url, { image, width, height: 10 });
  expect(response.status).toBe(201);
  return response.headers.get('identifier') ?? '';
}

async function widthOf({ url }: HostedApp, id: string): Promise<number | undefined> {
  const response = await fetch(`${url}/api/${id}`);
  const body = (await response.json()) as { width: number };
  return response.status === 200 ? body.width : undefined;
}

const secrets = ({ dataDir }: HostedApp) => readFileSync(join(dataDir, 'host/secrets.json'), 'utf8');

it('has after kill -9 in the middle of work what it had before, and finishes the rest', async () => {
  const before = await started();
  const done = await post(before, 11);
  await eventually(() => widthOf(before, done));
  const queued = await Promise.all(Array.from({ length: 30 }, (_, index) => post(before, 20 + index)));
  const kept = secrets(before);
  await before.kill();

  const after = await started({ dataDir: before.dataDir });

  expect(after.apiKey).toBe(before.apiKey);
  expect(secrets(after)).toBe(kept);
  expect(await widthOf(after, done)).toBe(11);
  const widths = await Promise.all(queued.map((id) => eventually(() => widthOf(after, id), 60_000)));
  expect(widths).toEqual(queued.map((_, index) => 20 + index));
});

it.each(['SIGINT', 'SIGTERM'] as const)('finishes the request in flight at %s, and leaves no process', async (signal) => {
  const app = await started();
  const processes = [app.pid, ...descendants(app.pid)];
  expect(processes).toEqual(expect.arrayContaining((['mariadb', 'redis', 'kafka'] as const).map((backend) => app.backendPid(backend))));
  const body = JSON.stringify({ image, width: 10, height: 10 });
  const upload = request(`${app.url}/api/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    upload.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
  upload.write(body.slice(0, 50));
  // The first half is at the host before the signal: it has answered a request that came later.
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);

  process.kill(app.pid, signal);
  await eventually(() => app.output().includes('stopping: finishing what is in flight'));
  await eventually(() =>
    fetch(`${app.url}/healthz`, { headers: { connection: 'close' } }).then(
      () => false,
      () => true,
    ),
  );
  upload.end(body.slice(50));

  expect(await answered).toBe(201);
  expect(await app.ended).toBe(0);
  expect(processes.filter(isAlive)).toEqual([]);
  expect(processesOf(app.dataDir)).toEqual([]);
});

it('gives up a start at SIGTERM, and leaves no process', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-starting-'));
  try {
    const starting = startApp({ dataDir }).then(
      () => 'it went on',
      (error: Error) => error.message,
    );
    const host = await eventually(() => processesOf(dataDir).find((pid) => commandLine(pid).includes('local/main.ts')));
    await eventually(() => processesOf(dataDir).length > 1);
    process.kill(host, 'SIGTERM');

    expect(await starting).toContain('the host ended (exit code 0) before it was ready');
    expect(processesOf(dataDir)).toEqual([]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it('says who runs, and ends, when it is started on data that is in use', async () => {
  const app = await started();

  await expect(startApp({ dataDir: app.dataDir })).rejects.toThrow(
    new RegExp(`exit code 1\\)[^]*Stackyard runs already on this data \\(pid ${app.pid}, http://127.0.0.1:${new URL(app.url).port}\\)`),
  );

  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
});

it('says which port is taken, and leaves nothing running', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await eventually(() => other.listening);
  const { port } = other.address() as { port: number };
  const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-taken-'));
  try {
    await expect(startApp({ port, dataDir })).rejects.toThrow(new RegExp(`exit code 1\\)[^]*Port ${port} is taken by another program\\.`));
    expect(processesOf(dataDir)).toEqual([]);
  } finally {
    other.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it('forgets with --fresh', async () => {
  const before = await started({ flags: ['--no-kafka'] });
  const id = await post(before);
  await eventually(() => widthOf(before, id));
  await before.stop();

  const fresh = await started({ flags: ['--no-kafka', '--fresh'], dataDir: before.dataDir });

  expect(await (await fetch(`${fresh.url}/api/${id}`)).json()).toEqual({ status: 'not found' });
});

it('shares nothing with another host beside it', async () => {
  const [one, other] = await Promise.all([started(), started()]);
  const id = await post(one);
  await eventually(() => widthOf(one, id));
  expect(await (await fetch(`${other.url}/api/${id}`)).json()).toEqual({ status: 'not found' });

  await one.stop();

  const later = await post(other);
  expect(await eventually(() => widthOf(other, later))).toBe(10);
  expect(await (await fetch(`${other.url}/status`)).json()).toEqual({ Database: true, Cache: true, Messaging: true });
});
