// Redis as an owned child. It is a cache here as on AWS: nothing in it has to outlive a restart, so nothing is written to disk.
import { connect } from 'node:net';
import { join } from 'node:path';
import type { RedisServer } from './backends.ts';
import { ownServer, type ServerKind, type Started, type Surroundings } from './owned-server.ts';

const PROBE_LIMIT_MS = 1_000;

export async function startRedis(
  program: string,
  folders: { readonly dataDir: string },
  surroundings: Surroundings,
): Promise<Started<RedisServer>> {
  const kind: ServerKind = {
    name: 'redis',
    dir: join(folders.dataDir, 'redis'),
    ports: 1,
    prepare: async ([port]) => ({ title: 'redis', command: { executable: program, args: serverArguments(port ?? 0) } }),
    answers: ([port], pid) => isProcess(port ?? 0, pid),
  };
  const owned = await ownServer(kind, surroundings);
  const server: RedisServer = {
    host: '127.0.0.1',
    port: owned.ports[0] ?? 0,
    get pid() {
      return owned.pid;
    },
  };
  return { server, stop: owned.stop };
}

function serverArguments(port: number): string[] {
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    // No snapshots and no append-only file: see above.
    save: '',
    appendonly: 'no',
    // ElastiCache's default policy: only what has a time to live may be dropped when memory runs out.
    maxmemory: '128mb',
    'maxmemory-policy': 'volatile-lru',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Asks the server at `port` for its process id: a PONG alone could come from another Redis that was faster to bind. */
function isProcess(port: number, pid: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: PROBE_LIMIT_MS }, () => socket.write('INFO server\r\n'));
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const found = text.match(/^process_id:(\d+)\r$/m)?.[1];
      if (found) answer(Number(found) === pid);
    });
    socket.on('timeout', () => answer(false));
    socket.on('error', () => answer(false));
    socket.on('close', () => answer(false));
  });
}
