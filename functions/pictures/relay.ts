// The outbox relay: announces the jobs whose announcement was lost, and those that nobody finished.
import { log } from '../shared/logging.ts';
import type { Announcer } from './job.ts';
import type { Picture, PictureRepository } from './repository.ts';

/** A POST that is still on its way announces its job itself within its own time-out. */
const ANNOUNCEMENT_GRACE_MS = 15_000;
/** Longer than a batch may take in the consumer, with its retries: a job announced before that is lost or stuck. */
const DELIVERY_GRACE_MS = 15 * 60_000;
/**
 * A job that was begun, and announced this often without an end, takes its environment down with it. One that was never begun is behind a long
 * backlog, or among the dead letters: it is announced again, which costs a look at its row when it is done by then.
 */
const MAX_ANNOUNCEMENTS = 5;
const BATCH = 100;

export interface Dependencies {
  readonly pictures: PictureRepository;
  readonly announcer: Announcer;
}

/**
 * Returns how many jobs it announced and gave up. Two relays at once may announce a job twice, which its consumer does not mind; locks against that
 * would be locks of a range of the table, and keep new pictures out for as long as the transport takes.
 */
export async function relay({ pictures, announcer }: Dependencies, now: Date): Promise<{ announced: number; givenUp: number }> {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const overdue = await pictures.overdue(before(ANNOUNCEMENT_GRACE_MS), before(DELIVERY_GRACE_MS), BATCH);
  const [hopeless, waiting] = split(overdue);
  for (const { id } of hopeless) await pictures.fail(id, `Given up after ${MAX_ANNOUNCEMENTS} attempts`, now);
  for (const { id, source_key, request_id } of waiting) {
    await announcer.announce({ id, key: source_key }, request_id);
    await pictures.announced(id, now);
  }
  if (overdue.length > 0) log.info('relayed', { announced: waiting.length, givenUp: hopeless.length });
  return { announced: waiting.length, givenUp: hopeless.length };
}

function split(overdue: readonly Picture[]): [Picture[], Picture[]] {
  const isHopeless = ({ state, announcements }: Picture) => state === 'processing' && announcements >= MAX_ANNOUNCEMENTS;
  return [overdue.filter(isHopeless), overdue.filter((picture) => !isHopeless(picture))];
}
