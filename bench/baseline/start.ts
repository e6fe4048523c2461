// The usual container version of the order system, run natively: three Flask services with two gunicorn workers each, a Redis each, nginx in front.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Command, type Running, startChild, untilReady } from '../../local/backends/child-process.ts';
import { keptPorts } from '../../local/backends/ports.ts';
import type { Sums } from '../systems/sums.ts';
import { install, type Programs } from './install.ts';

const SERVICES = ['order', 'stock', 'payment'] as const;
const WORKERS = 2;

export interface Baseline {
  readonly url: string;
  /** nginx, the gunicorn masters and the Redis servers; workers are their children. */
  readonly pids: readonly number[];
  sums(): Promise<Sums>;
  stop(): Promise<void>;
}

/** In `folder`, which holds logs and snapshots. Resolves when all seven servers listen; leaves none behind where one does not. */
export async function startBaseline(folder: string): Promise<Baseline> {
  const programs = await install();
  mkdirSync(folder, { recursive: true });
  const [gateway = 0, ...ports] = await keptPorts(folder, 1 + 2 * SERVICES.length);
  const redisPorts = ports.slice(0, SERVICES.length);
  const servicePorts = ports.slice(SERVICES.length);
  const url = `http://127.0.0.1:${gateway}`;

  const running: Running[] = [];
  const stop = async () => {
    // The gateway first, so that nothing is asked of a service that is gone.
    for (const server of running.splice(0).reverse()) await server.end();
  };
  const up = async (name: string, port: number, command: Command, environment: NodeJS.ProcessEnv = {}) => {
    const dir = join(folder, name);
    mkdirSync(dir, { recursive: true });
    const server = startChild(dir, command, { ...process.env, ...environment });
    running.push(server);
    await untilReady(name, dir, server, () => listens(port), new AbortController().signal);
  };

  try {
    for (const [i, service] of SERVICES.entries()) {
      const [redisPort = 0, port = 0] = [redisPorts[i], servicePorts[i]];
      await up(`redis-${service}`, redisPort, redisServer(programs, redisPort));
      await up(service, port, gunicorn(programs, service, port), {
        REDIS_PORT: String(redisPort),
        GATEWAY_URL: url,
        PYTHONDONTWRITEBYTECODE: '1',
      });
    }
    mkdirSync(join(folder, 'nginx'), { recursive: true });
    writeFileSync(join(folder, 'nginx/nginx.conf'), nginxSettings([gateway, ...servicePorts]));
    await up('nginx', gateway, { executable: programs.nginx, args: ['-p', '.', '-c', 'nginx.conf', '-e', 'error.log'] });
  } catch (error) {
    await stop();
    throw error;
  }
  const sums = async () => {
    const script = join(import.meta.dirname, 'sums.py');
    const { stdout } = await promisify(execFile)(programs.python, [script, ...redisPorts.map(String)]);
    return JSON.parse(stdout) as Sums;
  };
  return { url, pids: running.map(({ pid }) => pid), sums, stop };
}

/** Redis's own defaults, as in the usual compose file: snapshots now and then, no append-only file. An answer promises nothing durable. */
const redisServer = ({ redis }: Programs, port: number): Command => ({
  executable: redis,
  args: ['--bind', '127.0.0.1', '--port', String(port), '--maxmemory', '512mb'],
});

const gunicorn = (programs: Programs, service: string, port: number): Command => ({
  executable: programs.gunicorn,
  args: [
    '-b',
    `127.0.0.1:${port}`,
    '-w',
    String(WORKERS),
    '--timeout',
    '30',
    '--chdir',
    join(import.meta.dirname, 'services'),
    `${service}:app`,
  ],
});

function nginxSettings(ports: readonly number[]): string {
  const names = ['GATEWAY_PORT', 'ORDER_PORT', 'STOCK_PORT', 'PAYMENT_PORT'];
  const template = readFileSync(join(import.meta.dirname, 'nginx.conf'), 'utf8');
  return names.reduce((text, name, i) => text.replace(name, String(ports[i])), template);
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
