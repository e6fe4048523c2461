// The counts of all environments, added up in Redis: one hash, read by one HGETALL. An emptied Redis begins at zero, which Prometheus takes for
// what it is.
import type { WithCache } from '../cache.ts';
import type { Increments } from './counts.ts';

const COUNTS = 'metrics:requests';
const lastBatchOf = (environment: string) => `metrics:environment:${environment}`;
/** Far longer than an environment waits with a batch in doubt, unless it is frozen for a day. */
const REMEMBERED_S = 86_400;

/**
 * Adds all, or nothing where the environment's batch of that number has been added before.
 * KEYS: counts, the environment's last number. ARGV: number, seconds to remember it, then field and addend in turn.
 */
const ADD = `if tonumber(redis.call('GET', KEYS[2]) or 0) >= tonumber(ARGV[1]) then return 0 end
for n = 3, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[n], ARGV[n + 1]) end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
return 1`;

/** What an environment sends at once; numbers begin at 1 and rise. */
export interface Batch {
  readonly number: number;
  readonly increments: Increments;
}

/** True once the batch is in, by this call or an earlier one; false where that is not known: it is to be sent again, as it is. */
export type AddBatch = (batch: Batch) => Promise<boolean>;

export const batchStore =
  (withCache: WithCache, environment: string): AddBatch =>
  async ({ number, increments }) => {
    const cells = [...increments].flat();
    const added = await withCache((redis) => redis.eval(ADD, 2, COUNTS, lastBatchOf(environment), number, REMEMBERED_S, ...cells));
    return added !== undefined;
  };

/** Undefined where Redis is away. */
export const storedCounts = (withCache: WithCache): Promise<Record<string, string> | undefined> =>
  withCache((redis) => redis.hgetall(COUNTS));
