// What consumers did lately, kept in Redis for `/workers`: the latest tasks of each queue, and how many were done and failed.
// Best effort: a task neither fails nor waits for it.
import { executed, resilientRedis, type WithCache } from './cache.ts';
import { env } from './env.ts';

/** One delivery of one message or record. */
export interface JournalTask {
  readonly id: string;
  readonly requestId: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** What it failed with; undefined where it is done. */
  readonly error?: unknown;
}

/** As it lies in the list. */
export interface JournalEntry {
  readonly id: string;
  readonly queue: string;
  readonly function: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: 'done' | 'failed';
  readonly error: string | null;
  readonly requestId: string;
}

/** A list, newest first, and counters by second and by minute of the epoch. */
export const journalKeys = {
  tasks: (queue: string) => `journal:tasks:${queue}`,
  processed: (queue: string, second: number) => `journal:processed:${queue}:${second}`,
  failed: (queue: string, minute: number) => `journal:failed:${queue}:${minute}`,
};

export const TASKS_KEPT = 200;
const DAY_S = 86_400;
/** Rates are read over seconds, failures over an hour: the counters outlive that a little. */
const PROCESSED_KEPT_S = 60;
const FAILED_KEPT_S = 3_600 + 120;
const ERROR_LENGTH = 300;
const DEADLINE_MS = 50;
const PAUSE_MS = 5_000;

export type RecordTasks = (queue: string, tasks: readonly JournalTask[]) => Promise<void>;

/** Writes one batch's tasks, at once. */
export const journalOn =
  (withCache: WithCache, functionName: () => string, clock: () => Date): RecordTasks =>
  async (queue, tasks) => {
    if (tasks.length === 0) return;
    await withCache((redis) => {
      const entries = tasks.slice(-TASKS_KEPT).map((task) => JSON.stringify(entryOf(queue, functionName(), task)));
      const failures = tasks.filter(({ error }) => error !== undefined).length;
      const seconds = Math.floor(clock().getTime() / 1000);
      const pipeline = redis.pipeline();
      pipeline
        .lpush(journalKeys.tasks(queue), ...entries)
        .ltrim(journalKeys.tasks(queue), 0, TASKS_KEPT - 1)
        .expire(journalKeys.tasks(queue), DAY_S);
      const count = (key: string, by: number, keptS: number) => by > 0 && pipeline.incrby(key, by).expire(key, keptS);
      count(journalKeys.processed(queue, seconds), tasks.length - failures, PROCESSED_KEPT_S);
      count(journalKeys.failed(queue, Math.floor(seconds / 60)), failures, FAILED_KEPT_S);
      return executed(pipeline);
    });
  };

const entryOf = (queue: string, functionName: string, { id, requestId, startedAt, durationMs, error }: JournalTask): JournalEntry => ({
  id,
  queue,
  function: functionName,
  startedAt: startedAt.toISOString(),
  durationMs: Math.round(durationMs * 10) / 10,
  outcome: error === undefined ? 'done' : 'failed',
  error: error === undefined ? null : String(error).slice(0, ERROR_LENGTH),
  requestId,
});

export const journal: { readonly record: RecordTasks } = {
  record: journalOn(
    resilientRedis(DEADLINE_MS, PAUSE_MS),
    () => env('AWS_LAMBDA_FUNCTION_NAME'),
    () => new Date(),
  ),
};

/** `arn:aws:sqs:region:account:name` → name. */
export const queueOf = (eventSourceArn: string): string => eventSourceArn.slice(eventSourceArn.lastIndexOf(':') + 1);
