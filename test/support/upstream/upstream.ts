// An upstream on this machine that does what a test tells it: the stub's answers, with faults and other data on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Job } from '../../../functions/cats/routes.ts';
import { answer } from '../../../functions/cats/upstream-stub/answer.ts';
import { bundledCatalogue } from '../../../functions/cats/upstream-stub/catalogue.ts';
import { type Alteration, altered } from './changes.ts';
import { type Fault, faultList, jobOf } from './faults.ts';
import { isMisbehaviour, misbehave, send } from './misbehaviour.ts';
import { spoils } from './spoiled.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly job: Job | undefined;
  /** The fault that it met. */
  readonly fault: Fault | undefined;
  /** Milliseconds on `performance.now()`'s clock. */
  readonly at: number;
}

/** The upstream without a server of its own. */
export function createUpstream() {
  const faults = faultList();
  const requests: Asked[] = [];
  const hanging = new Map<ServerResponse, () => void>();
  let catalogue = bundledCatalogue;

  function listener(request: IncomingMessage, response: ServerResponse): void {
    const { method = 'GET', url: asked = '/' } = request;
    const headers = request.headers as Readonly<Record<string, string | undefined>>;
    // Where `redirect` leads: there nothing is wrong.
    const moved = asked.startsWith('/moved/');
    const target = moved ? asked.slice('/moved'.length) : asked;
    const [path = '/', query = ''] = target.split('?');
    const job = jobOf(path, query);
    const fault = job && !moved ? faults.next(job) : undefined;
    requests.push({ method, path, query: Object.fromEntries(new URLSearchParams(query)), headers, job, fault, at: performance.now() });

    const good = answer({ method, path, query, headers, origin: `http://${headers.host}` }, catalogue);
    if (!fault) send(response, good);
    else if (isMisbehaviour(fault.kind)) {
      response.on('close', () => hanging.delete(response));
      misbehave(fault.kind, { response, good, target, hang: (end) => hanging.set(response, end) });
    } else send(response, spoils[fault.kind](good, fault));
  }

  return {
    listener,
    requests: requests as readonly Asked[],
    /** How many requests wait for `release` now. */
    get hanging(): number {
      return hanging.size;
    },
    fault: (fault: Fault) => faults.add(fault),
    /** From now on the job finds other rows. */
    change: <Changed extends Job>(job: Changed, alteration: Alteration<Changed>) => {
      catalogue = altered(catalogue, job, alteration);
    },
    /** No more faults; data stay as they are. */
    heal: () => faults.clear(),
    /** What hangs gets its good answer. */
    release(): void {
      const ends = [...hanging.values()];
      hanging.clear();
      for (const end of ends) end();
    },
    /** As new: healthy, with the bundled data, and nobody has asked. */
    reset(): void {
      faults.clear();
      catalogue = bundledCatalogue;
      requests.length = 0;
    },
  };
}

export async function startUpstream(port = 0) {
  const upstream = createUpstream();
  const server = createServer(upstream.listener);
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  // Kept whole: a copy of its properties would freeze `hanging`.
  return Object.assign(upstream, { origin, url: `${origin}/v1`, stop, [Symbol.asyncDispose]: stop });
}

export type Upstream = Awaited<ReturnType<typeof startUpstream>>;
