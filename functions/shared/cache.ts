// Redis as a cache: what is in it may vanish at any time, and a request never waits long for it.
import { Redis } from 'ioredis';
import { env } from './env.ts';

/** A client that connects on first use and fails fast: commands are not queued while the server is away. */
export const redis = (commandTimeoutMs: number): Redis =>
  new Redis(env('REDIS_URL'), {
    lazyConnect: true,
    connectTimeout: commandTimeoutMs,
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
