// A burst of requests for one function, and the database that has only so many connections.
//
// A request that finds no idle environment gets a new one and waits for its start; whatever becomes free meanwhile does not help it. Each environment
// opens one connection, on first use, and keeps it while it idles. With a proxy that connection is the proxy's, and one of the database's is borrowed
// for each statement; who waits too long for one is refused. Pinned sessions, which give nothing back, are not simulated.
import { Histogram } from '../messages/histogram.ts';
import { bucket } from './bucket.ts';
import { random } from './random.ts';
import { station } from './station.ts';
import { arrivals, timeline } from './timeline.ts';

export interface Burst {
  /** `max_connections` of the database, all of them for this function. */
  readonly connections: number;
  readonly proxy: boolean;
  readonly perSecond: number;
  readonly seconds: number;
  /** Environments that are ready before: provisioned concurrency. */
  readonly ready?: number;
}

export interface BurstResult {
  readonly arrived: number;
  readonly served: number;
  /** Failed for good: after the second try. */
  readonly refused: number;
  readonly unfinished: number;
  /** Tries that the database had no connection for, or the proxy none in time, and those that Lambda had no room for. */
  readonly withoutConnection: number;
  readonly throttled: number;
  readonly environments: number;
  readonly mostBusy: number;
  readonly p50: number;
  readonly p99: number;
}

export const assumed = {
  /** Start of an environment on AWS: here it takes 157 ms (bench/results.md, cold), there a microVM comes on top. Not measured. */
  startMs: 500,
  /** Handshake, TLS and login. Not measured. */
  connectMs: 15,
  /** The function besides its statement: network to database and cache, JSON. Not measured. */
  functionMs: 4,
  /** Processor time of the database for a step of a checkout: 0.829 ms for four (bench/results.md, checkout). */
  statementMs: 0.21,
  /** A durable commit: 8.41 ms for four steps, without their processor time (bench/results.md, checkout, bare). */
  commitMs: 1.9,
  /** MaxConnectionsPercent and ConnectionBorrowTimeout of the proxy: lib/constructs/database-proxy.ts. */
  proxyShare: 0.9,
  borrowMs: 3_000,
  /** Both db.t4g.* and db.m7g.large have two. */
  databaseProcessors: 2,
  /** Lambda's quotas: environments of the account, and new ones of a function in 10 s. */
  concurrency: 1_000,
  newInTenSeconds: 1_000,
  /** As the state machine tries a step: once more, after up to a second. */
  tries: 2,
  pauseMs: 1_000,
} as const;

/** Requests that have not been answered this long after the burst are counted as unfinished. */
const PATIENCE_MS = 30_000;

interface Environment {
  connected: boolean;
}

export function simulateBurst({ connections, proxy, perSecond, seconds, ready = 0 }: Burst, seed: number): BurstResult {
  const time = timeline();
  const chance = random(seed);
  const processors = station(time, assumed.databaseProcessors);
  const borrowed = station(time, proxy ? Math.floor(assumed.proxyShare * connections) : Number.POSITIVE_INFINITY);
  const growth = bucket(time, assumed.newInTenSeconds / 10, assumed.newInTenSeconds);
  const idle: Environment[] = Array.from({ length: ready }, () => ({ connected: false }));
  const latencies = new Histogram();
  const counts = { arrived: 0, served: 0, refused: 0, unfinished: 0, withoutConnection: 0, throttled: 0, environments: ready, mostBusy: 0 };
  let open = 0;

  function attempt(beganAt: number, tries: number): void {
    // Lambda gives work to the environment that was busy last: what is idle longest is what can be taken away.
    const environment = idle.pop();
    const again = () => failed(beganAt, tries);
    if (environment) run(environment, beganAt, again);
    else if (counts.environments < assumed.concurrency && growth.take()) {
      counts.environments += 1;
      time.after(assumed.startMs, () => run({ connected: false }, beganAt, again));
    } else {
      counts.throttled += 1;
      again();
    }
  }

  function failed(beganAt: number, tries: number): void {
    if (tries >= assumed.tries) {
      counts.refused += 1;
      counts.unfinished -= 1;
    } else time.after(chance.uniform() * assumed.pauseMs, () => attempt(beganAt, tries + 1));
  }

  function run(environment: Environment, beganAt: number, again: () => void): void {
    counts.mostBusy = Math.max(counts.mostBusy, counts.environments - idle.length);
    const finish = (then: () => void) => {
      idle.push(environment);
      then();
    };
    const answered = () => {
      counts.served += 1;
      counts.unfinished -= 1;
      latencies.add(time.now - beganAt);
    };
    const refused = () => {
      counts.withoutConnection += 1;
      finish(again);
    };
    const execute = () => statement(() => finish(answered), refused);
    time.after(chance.exponential(assumed.functionMs), () => {
      if (environment.connected) execute();
      else if (proxy || open < connections) {
        open += 1;
        environment.connected = true;
        time.after(assumed.connectMs, execute);
      } else refused();
    });
  }

  function statement(done: () => void, refused: () => void): void {
    borrow(
      () =>
        processors.enter(() =>
          time.after(chance.exponential(assumed.statementMs), () => {
            processors.leave();
            time.after(assumed.commitMs, () => {
              borrowed.leave();
              done();
            });
          }),
        ),
      refused,
    );
  }

  /** A connection for one statement, or after a while none. */
  function borrow(lent: () => void, refused: () => void): void {
    let state: 'waiting' | 'lent' | 'gone' = 'waiting';
    borrowed.enter(() => {
      // Whoever has gone stays in the line, and hands on at once what comes to it.
      if (state === 'gone') borrowed.leave();
      else {
        state = 'lent';
        lent();
      }
    });
    if (state === 'waiting')
      time.after(assumed.borrowMs, () => {
        if (state !== 'waiting') return;
        state = 'gone';
        refused();
      });
  }

  arrivals(
    time,
    () => chance.exponential(1000 / perSecond),
    seconds * 1000,
    () => {
      counts.arrived += 1;
      counts.unfinished += 1;
      attempt(time.now, 1);
    },
  );
  time.run(seconds * 1000 + PATIENCE_MS);
  return { ...counts, p50: latencies.percentile(0.5), p99: latencies.percentile(0.99) };
}
