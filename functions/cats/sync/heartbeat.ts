// Keeps a lease while work goes on, and tells the work when the lease is lost.
import { type Holder, LEASE_LOST, type RunRepository } from '../run-repository.ts';

export interface Heartbeat {
  /** Aborts when the lease is lost. */
  readonly signal: AbortSignal;
  stop(): void;
}

/** A missed beat or two are no loss: the lease is longer. What matters is decided in the transaction that publishes. */
export function heartbeat(runs: RunRepository, run: Holder, everyMs: number): Heartbeat {
  const lost = new AbortController();
  const timer = setInterval(() => {
    runs.renew(run).then(
      (held) => held || lost.abort(new Error(LEASE_LOST)),
      () => undefined,
    );
  }, everyMs);
  return { signal: lost.signal, stop: () => clearInterval(timer) };
}
