// What is killed in the middle of which run, and where in it: a seed decides.
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../support/chance.ts';
import { eventually } from '../../support/eventually.ts';
import type { Fault } from '../faults.ts';
import type { VersionedUpstream } from './versioned-upstream.ts';

export interface PlannedKill {
  readonly fault: Fault;
  /** The request of the run that waits for its answer meanwhile; undefined: after the last one was answered, while rows are staged and published. */
  readonly request: number | undefined;
  /** After that answer. */
  readonly milliseconds: number;
}

/** Staging and publishing take about as long. */
const PUBLICATION_MS = 60;

/** Each fault as often as it is named; half of them strike while a run fetches. */
export const planKills = (faults: readonly Fault[], { requestsOfARun }: VersionedUpstream, random: Chance): PlannedKill[] =>
  random.shuffled(faults).map((fault) => ({
    fault,
    request: random.below(2) === 0 ? random.between(1, requestsOfARun) : undefined,
    milliseconds: random.below(PUBLICATION_MS),
  }));

/** Strikes at the planned moment of the run that has just been asked for. */
export async function inMidSync(
  { request, milliseconds }: PlannedKill,
  upstream: VersionedUpstream,
  strike: () => Promise<void>,
): Promise<void> {
  await eventually(() => upstream.holds);
  if (request === undefined) {
    upstream.release();
    await pause(milliseconds);
  }
  await strike();
  upstream.release();
}
