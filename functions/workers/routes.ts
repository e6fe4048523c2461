import * as z from 'zod';
import type { RouteTable } from '../shared/http/route.ts';

const Message = z.object({ message: z.string() });
const Count = z.int().min(0);

/** What cannot be read is null, and `problems` says why. */
export const WorkQueue = z.object({
  name: z.string(),
  kind: z.enum(['queue', 'topic']),
  description: z.string(),
  waiting: Count.nullable(),
  /** Null for a topic: its pollers do not say what they hold. */
  inFlight: Count.nullable(),
  /** 0 where nothing waits. */
  oldestAgeSeconds: z.number().min(0).nullable(),
  /** Over the last seconds. */
  processedPerSecond: z.number().min(0).nullable(),
  /** Attempts that failed in the last hour; what fails three times counts three times. */
  failures: Count.nullable(),
  deadLetters: Count.nullable(),
  consumers: z.array(z.string()),
});

export const Task = z.object({
  id: z.string(),
  queue: z.string(),
  function: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  outcome: z.enum(['done', 'failed']),
  error: z.string().nullable(),
  requestId: z.string(),
});

export type Task = z.infer<typeof Task>;

export const Report = z.object({
  queues: z.array(WorkQueue),
  tasks: z.array(Task),
  problems: z.array(z.string()),
  observedAt: z.iso.datetime(),
});
export type Report = z.infer<typeof Report>;

export const workersRoutes = {
  report: {
    method: 'GET',
    path: '/api/workers',
    summary: 'Every queue and topic with its backlog, rate, failures and dead letters, and the latest tasks',
    request: {},
    guarded: true,
    answers: { 200: { description: 'Always; what cannot be read is null and named in `problems`', body: Report } },
  },
  /** No `Idempotency-Key`: what a first call has moved is not there for a second one to move. */
  replay: {
    method: 'POST',
    path: '/api/workers/{queue}/replay',
    summary: 'Move dead letters back to their queue, or their records into their topic again',
    request: { path: z.object({ queue: z.string().min(1).max(80) }) },
    key: true,
    answers: {
      200: {
        description: 'What was moved, and what is left for another call',
        body: z.object({ queue: z.string(), moved: Count, left: Count }),
      },
      404: { description: 'No such queue', body: Message },
    },
  },
} as const satisfies RouteTable;
