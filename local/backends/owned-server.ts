// A server that this host owns: started when nothing holds its data, restarted when it dies, ended with the host.
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Command, type Running, startChild, untilReady } from './child-process.ts';
import { isFree, keptPorts } from './ports.ts';
import { endOrphan, forgetProcess } from './process-record.ts';

export interface ServerKind {
  /** Source of its log lines, e.g. `mariadb`. */
  readonly name: string;
  /** Folder of its data, log, ports and process record; also where it runs. */
  readonly dir: string;
  readonly ports: number;
  /** Makes what must be on disk before a run; called once, with the ports of this host's life. Gives its name with the version. */
  prepare(ports: readonly number[]): Promise<{ readonly title: string; readonly command: Command }>;
  /** One probe, false where it cannot be reached; true only where the process `pid` itself answers, not another server on its port. */
  answers(ports: readonly number[], pid: number): Promise<boolean>;
}

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Aborts a start that is under way. */
  readonly signal: AbortSignal;
}

export interface OwnedServer {
  readonly ports: readonly number[];
  /** Of the present run: another one after a restart. */
  readonly pid: number;
  /** Gives how it ended, e.g. `exit code 0`. */
  stop(): Promise<string>;
}

/** What the start of a backend gives: its address, and its end. */
export interface Started<Server> {
  readonly server: Server;
  readonly stop: () => Promise<unknown>;
}

/** Runs longer than this count as healthy: the next death is answered at once again. */
const HEALTHY_MS = 60_000;

/** Seconds to wait before the restart after `deaths` deaths in a row: 1, 2, 4 … 30. */
export const backOff = (deaths: number): number => Math.min(30, 2 ** (deaths - 1));

/** Resolves when the server answers. Rejects with the end of its log where it dies at start. */
export async function ownServer(kind: ServerKind, surroundings: Surroundings): Promise<OwnedServer> {
  const { log, environment } = surroundings;
  const life = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, life.signal]);
  const startedAt = Date.now();
  await mkdir(kind.dir, { recursive: true });
  await endOrphan(kind.name, kind.dir, log);
  const { ports, title, command, first } = await firstRun(kind, surroundings);
  log('info', kind.name, `${title} ready on 127.0.0.1:${ports[0]} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);

  let current = first;
  const kept = keepAlive(kind, first, log, signal, async () => {
    current = startChild(kind.dir, command, environment);
    await ready(kind, current, ports, signal);
    return current;
  });
  return {
    ports,
    get pid() {
      return current.pid;
    },
    async stop() {
      life.abort();
      await Promise.all([current.end(), kept]);
      forgetProcess(kind.dir);
      return current.ended;
    },
  };
}

/** Another process may bind a port between our look and the server's own bind: then, and only then, other ports are tried. */
async function firstRun(kind: ServerKind, { environment, signal }: Surroundings) {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const ports = await keptPorts(kind.dir, kind.ports);
    const { title, command } = await kind.prepare(ports);
    const first = startChild(kind.dir, command, environment);
    try {
      await ready(kind, first, ports, signal);
      return { ports, title, command, first };
    } catch (error) {
      forgetProcess(kind.dir);
      const taken = !(await Promise.all(ports.map(isFree))).every(Boolean);
      if (!taken || attempt === 5) throw error;
    }
  }
}

async function ready(kind: ServerKind, run: Running, ports: readonly number[], signal: AbortSignal): Promise<void> {
  try {
    await untilReady(kind.name, kind.dir, run, () => kind.answers(ports, run.pid), signal);
  } catch (error) {
    await run.kill();
    throw error;
  }
}

async function keepAlive(kind: ServerKind, first: Running, log: Log, signal: AbortSignal, restart: () => Promise<Running>): Promise<void> {
  let run: Running | undefined = first;
  let deaths = 0;
  while (true) {
    if (run) {
      const how = await run.ended;
      if (signal.aborted) return;
      deaths = Date.now() - run.startedAt > HEALTHY_MS ? 1 : deaths + 1;
      log('error', kind.name, `the server died (pid ${run.pid}, ${how}); starting it again in ${backOff(deaths)} s`);
    }
    await delay(backOff(deaths) * 1000, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const began = Date.now();
    try {
      run = await restart();
      log('info', kind.name, `back with its data (pid ${run.pid}, ${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      run = undefined;
      deaths++;
      if (!signal.aborted) log('error', kind.name, `${(error as Error).message}\nTrying again in ${backOff(deaths)} s.`);
    }
  }
}
