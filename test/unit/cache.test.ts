// Redis for work that can do without: what callers see while it is there, away, hanging and back.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { executed, resilientRedis } from '../../functions/shared/cache.ts';
import { log as serviceLog } from '../../functions/shared/logging.ts';
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';
import { eventually } from '../support/eventually.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-cache-'));
const servers = backends({ dataDir, toolsDir: dataDir, kafka: false, log: createLog('error') });
let url: string;

beforeAll(async () => {
  serviceLog.setLogLevel('SILENT');
  const { host, port } = await servers.redis();
  url = `redis://${host}:${port}`;
});
afterAll(async () => {
  await servers.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(() => {
  delete process.env.REDIS_URL;
});

/** In front of the real server: can hang or refuse. */
async function gate() {
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(url);
  let isHanging = false;
  const accept = (socket: Socket) => {
    sockets.add(socket);
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      from.on('data', (data) => isHanging || to.write(data));
      from.on('close', () => to.destroy()).on('error', () => undefined);
    }
  };
  let server: Server = createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = (server.address() as AddressInfo).port;
  process.env.REDIS_URL = `redis://127.0.0.1:${at}`;
  return {
    hang: (yes: boolean) => {
      isHanging = yes;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    async open() {
      server = createServer(accept).listen(at, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

const DEADLINE = 200;
const PAUSE = 50;
/** A program that ends when Redis has answered it. */
const ASK_LATER = `
  const { hostname, port } = new URL(process.env.REDIS_URL);
  const socket = require('node:net').connect(Number(port), hostname, () => socket.write('PING\\r\\n'));
  socket.once('data', () => socket.end());`;
const ping = (withCache: ReturnType<typeof resilientRedis>) => withCache((redis) => redis.ping());

it('gives what the work gives, over one connection', async () => {
  process.env.REDIS_URL = url;
  const withCache = resilientRedis(DEADLINE);

  const ids = await Promise.all([1, 2, 3].map(() => withCache((redis) => redis.client('ID'))));
  expect(new Set(ids).size).toBe(1);
  expect(await withCache((redis) => redis.get('nothing'))).toBeNull();
});

it('is no cache where the function has none', async () => {
  expect(await ping(resilientRedis(DEADLINE))).toBeUndefined();
});

it('is back by itself after the server was away', async () => {
  const door = await gate();
  const withCache = resilientRedis(DEADLINE, PAUSE);
  expect(await ping(withCache)).toBe('PONG');
  await door.close();
  expect(await eventually(async () => (await ping(withCache)) === undefined || undefined)).toBe(true);
  await door.open();

  expect(await eventually(() => ping(withCache))).toBe('PONG');
  await door.close();
});

it('lets nobody wait longer than the deadline for a server that hangs, and nobody at all after that', async () => {
  const door = await gate();
  const withCache = resilientRedis(DEADLINE, 60_000);
  expect(await ping(withCache)).toBe('PONG');
  door.hang(true);

  const began = performance.now();
  expect(await ping(withCache)).toBeUndefined();
  expect(performance.now() - began).toBeGreaterThan(DEADLINE - 10);
  let asked = false;
  await withCache(async () => {
    asked = true;
  });
  expect(asked).toBe(false);
  await door.close();
});

it('does not trust a connection that hung: the next one is new', async () => {
  const door = await gate();
  const withCache = resilientRedis(DEADLINE, PAUSE);
  const id = () => withCache((redis) => redis.client('ID'));
  const first = await id();
  door.hang(true);
  expect(await id()).toBeUndefined();
  door.hang(false);

  expect(await eventually(id)).toBeGreaterThan(first as number);
  await door.close();
});

it('reads an answer that came while this thread was busy', async () => {
  process.env.REDIS_URL = url;
  const withCache = resilientRedis(20);
  await eventually(() => ping(withCache));
  const answer = ping(withCache);
  // The command is on its way. Nothing is read for longer than the deadline, until Redis has answered somebody who asked later.
  let later: number | null = null;
  setImmediate(() => {
    const began = performance.now();
    later = spawnSync(process.execPath, ['-e', ASK_LATER], { env: { REDIS_URL: url } }).status;
    while (performance.now() < began + 60);
  });

  expect(await answer).toBe('PONG');
  expect(later).toBe(0);
});

it('fails a pipeline with its first failed command', async () => {
  process.env.REDIS_URL = url;
  const withCache = resilientRedis(DEADLINE, PAUSE);

  expect(await withCache((redis) => executed(redis.pipeline().set('text', 'a').get('text')))).toEqual(['OK', 'a']);
  expect(await withCache((redis) => executed(redis.pipeline().lpush('text', 'b').get('text')))).toBeUndefined();
});
