// What `GET /api/workers` answers. Null is what could not be read.

export interface WorkQueue {
  readonly name: string;
  readonly kind: 'queue' | 'topic';
  readonly description: string;
  readonly waiting: number | null;
  readonly inFlight: number | null;
  readonly oldestAgeSeconds: number | null;
  readonly processedPerSecond: number | null;
  readonly failures: number | null;
  readonly deadLetters: number | null;
  readonly consumers: readonly string[];
}

export interface Task {
  readonly id: string;
  readonly queue: string;
  readonly function: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: 'done' | 'failed';
  readonly error: string | null;
  readonly requestId: string;
}

export interface Report {
  readonly queues: readonly WorkQueue[];
  readonly tasks: readonly Task[];
  readonly problems: readonly string[];
  readonly observedAt: string;
}

/** What `POST /api/workers/{queue}/replay` answers. */
export interface Replayed {
  readonly moved: number;
  readonly left: number;
}
