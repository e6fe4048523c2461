// One run of the synchroniser: choose an upstream, fetch all, stage it, publish it whole or not at all, and record how it went.
import { log } from '../../shared/logging.ts';
import type { PublishedCache } from '../published-cache.ts';
import type { Counts } from '../routes.ts';
import type { Holder, RunRepository } from '../run-repository.ts';
import type { Upstream, UpstreamAddress } from '../upstream/client.ts';
import { fetchAll } from './fetching.ts';
import { heartbeat } from './heartbeat.ts';
import { publish } from './publication.ts';
import type { Staging } from './staging.ts';

export interface Dependencies {
  readonly runs: RunRepository;
  readonly staging: Staging;
  readonly cache: PublishedCache;
  /** Where to ask, given where the published rows came from. Throws where there is nobody to ask. */
  readonly choose: (published: Awaited<ReturnType<RunRepository['state']>>['upstream']) => Promise<UpstreamAddress>;
  readonly connect: (address: UpstreamAddress, signal: AbortSignal) => Upstream;
}

export type Outcome =
  | { readonly state: 'succeeded'; readonly run: number; readonly counts: Counts }
  | { readonly state: 'failed'; readonly run: number; readonly error: string };

/** Shorter than the function's time-out, so that a run that takes too long ends with a reason. */
const RUN_MS = 50_000;
const BEAT_MS = 5_000;

export function synchroniser({ runs, staging, cache, choose, connect }: Dependencies) {
  return async function synchronise(run: Holder): Promise<Outcome> {
    const beat = heartbeat(runs, run, BEAT_MS);
    let address: UpstreamAddress | undefined;
    try {
      const before = await runs.state();
      await runs.whilePublished(cache.nameVersion);
      await staging.clear(run.id);
      address = await choose(before.upstream);
      const { kind } = address;
      const fetched = await fetchAll(connect(address, AbortSignal.any([beat.signal, deadline()])), staging, run.id);
      const replacesStub = before.upstream === 'stub' && kind !== 'stub';
      const counts = await runs.succeed(run, kind, async (connection) => {
        const published = await publish(connection, { runId: run.id, ...fetched, replacesStub });
        const changed = hasChanges(published);
        if (changed) await cache.withdraw();
        return { counts: published, changed };
      });
      // The run has succeeded whatever comes of this, and the next one makes up for it.
      const tidying = [runs.whilePublished(cache.nameVersion), staging.clear(run.id + 1), runs.forgetOld()];
      for (const done of await Promise.allSettled<unknown>(tidying))
        if (done.status === 'rejected') log.warn('left to the next run', done.reason as Error);
      return { state: 'succeeded', run: run.id, counts };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await runs.fail(run, address?.kind ?? null, message);
      return { state: 'failed', run: run.id, error: message };
    } finally {
      beat.stop();
    }
  };
}

function deadline(): AbortSignal {
  const late = new AbortController();
  setTimeout(() => late.abort(new Error(`the run took longer than ${RUN_MS / 1000} s`)), RUN_MS).unref();
  return late.signal;
}

const hasChanges = (counts: Counts): boolean => Object.values(counts).some(({ added, changed, removed }) => added + changed + removed > 0);
