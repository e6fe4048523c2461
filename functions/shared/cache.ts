// Redis as a cache: what is in it may vanish at any time, and a request never waits long for it.
import { type ChainableCommander, Redis } from 'ioredis';
import { env } from './env.ts';
import { log } from './logging.ts';
import { within } from './within.ts';

/** A client that connects on first use and fails fast: commands are not queued while the server is away. */
export const redis = (commandTimeoutMs: number): Redis =>
  new Redis(env('REDIS_URL'), {
    lazyConnect: true,
    connectTimeout: commandTimeoutMs,
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });

/** Gives what `work` gives, or undefined where Redis is away or slow: then it is not known whether `work`'s commands have happened. */
export type WithCache = <Result>(work: (redis: Redis) => Promise<Result>) => Promise<Result | undefined>;

/** A connection to a cache of TLS in another zone takes tens of milliseconds; callers do not wait that long, the next ones find it open. */
const CONNECT_TIMEOUT_MS = 1_000;
const PAUSE_MS = 1_000;

/**
 * Redis for work that can do without: nobody waits longer than `deadlineMs`, and after a failure nobody waits at all for `pauseMs`. It connects
 * on first use, and again by itself. A function that has no REDIS_URL has no cache.
 */
export function resilientRedis(deadlineMs: number, pauseMs: number = PAUSE_MS): WithCache {
  let client: Redis | undefined;
  let pausedUntil = 0;

  function connected(): Redis {
    if (client?.status === 'end') client = undefined;
    if (!client) {
      client = redis(CONNECT_TIMEOUT_MS);
      // Told to whoever waits for a command.
      client.on('error', () => undefined);
    }
    return client;
  }

  return async (work) => {
    if (!process.env.REDIS_URL || performance.now() < pausedUntil) return undefined;
    const current = connected();
    try {
      return await within(deadlineMs, work(current));
    } catch (error) {
      pausedUntil = performance.now() + pauseMs;
      // A connection that was ready may have been cut without a word: it is not trusted again. One that is still being made is let go on.
      if (current.status === 'ready') current.disconnect();
      log.warn(`cache left out for ${pauseMs} ms`, error as Error);
      return undefined;
    }
  };
}

/** Replies of a pipeline's commands; fails with the first that failed, which `exec` itself does not. */
export async function executed(pipeline: ChainableCommander): Promise<unknown[]> {
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
