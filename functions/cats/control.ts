// The rules of the synchroniser's controls. No clock, no environment, no SQL: what it needs is handed in.
import type { Database } from '../shared/database.ts';
import { type Answer, json, Refusal } from '../shared/http/answer.ts';
import { type Attempt, idempotently } from '../shared/idempotency.ts';
import type { RunRepository } from './run-repository.ts';
import type { Schedule } from './schedule.ts';

export interface Dependencies {
  readonly database: Database;
  readonly runs: RunRepository;
  readonly schedule: Schedule;
  readonly everySeconds: number;
  /** Starts a run that was asked for; more than once does no harm. */
  readonly begin: (run: number, requestId: string) => Promise<void>;
}

export function control({ database, runs, schedule, everySeconds, begin }: Dependencies) {
  async function status(now: Date): Promise<Answer> {
    const [enabled, state, [lastRun = null]] = await Promise.all([schedule.isEnabled(), runs.state(), runs.list(1)]);
    const running = state.held && (lastRun?.state === 'running' || lastRun?.state === 'requested');
    const nextRun = enabled ? next(state.dueAt ?? now, everySeconds, now).toISOString() : null;
    return json({ enabled, running, lastRun, nextRun, everySeconds, upstream: state.upstream });
  }

  async function list(limit: number, before: number | undefined): Promise<Answer> {
    const found = await runs.list(limit + 1, before);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const more = found.length > limit && last !== undefined;
    return json(page, 200, more ? { Link: `</api/v1/sync/runs?limit=${limit}&before=${last.id}>; rel="next"` } : {});
  }

  const start = (attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async () => {
      await schedule.enable();
      return json({ enabled: true });
    });

  const stop = (attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async () => {
      await schedule.disable();
      return json({ enabled: false });
    });

  /** The run is recorded before its function hears of it: a repeated request with the same key makes up for a crash in between. */
  async function run(attempt: Attempt, requestId: string): Promise<Answer> {
    const answer = await idempotently(database, attempt, async (connection) => {
      const id = await runs.request(requestId, connection);
      if (id === undefined) throw new Refusal(json({ message: 'A run is going on already' }, 409));
      return json({ run: id }, 202);
    });
    await begin((answer.value as { run: number }).run, requestId);
    return answer;
  }

  return { status, list, start, stop, run };
}

/** The schedule fires every so many seconds, counted from when it fired last. */
function next(from: Date, everySeconds: number, now: Date): Date {
  const everyMs = everySeconds * 1000;
  const periods = Math.floor((now.getTime() - from.getTime()) / everyMs) + 1;
  return new Date(from.getTime() + Math.max(periods, 1) * everyMs);
}
