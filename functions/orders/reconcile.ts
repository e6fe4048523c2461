// Finishes what a crash left of sagas: one that is still running when nobody can be working on it any more is decided against, because
// whoever waited for it was told so; what it did is undone.
import { log } from '../shared/logging.ts';
import { TIMED_OUT } from './checkout.ts';
import type { Participants } from './participants.ts';
import { type SagaRepository, type SagaRow, sagaIdOf } from './saga-repository.ts';

/** 30 s, 1 min, 2 min … : eight tries take over an hour. */
const FIRST_WAIT_SECONDS = 30;
const MAX_TRIES = 8;
const BATCH = 100;

export interface Dependencies {
  readonly sagas: SagaRepository;
  readonly participants: Pick<Participants, 'refund' | 'release'>;
}

export interface Reconciliation {
  /** Came to their end. */
  readonly settled: number;
  /** Could not be undone now, and are tried again later. */
  readonly waiting: number;
  /** Were tried for the last time: somebody has to look. */
  readonly parked: number;
}

export async function reconcile({ sagas, participants }: Dependencies): Promise<Reconciliation> {
  const counts = { settled: 0, waiting: 0, parked: 0 };
  for (const saga of await sagas.due(BATCH)) {
    if (!(await sagas.take(saga, FIRST_WAIT_SECONDS * 2 ** saga.tries))) continue;
    counts[await settle(saga)]++;
  }
  return counts;

  async function settle(row: SagaRow): Promise<keyof Reconciliation> {
    const saga = { orderId: row.order_id, attempt: row.attempt };
    const id = sagaIdOf(saga);
    let unsettled: 'waiting' | 'parked' = 'waiting';
    try {
      const { state } = row.state === 'running' ? await sagas.abort(saga, TIMED_OUT, false) : row;
      if (state !== 'compensating') return 'settled';
      if (row.tries + 1 >= MAX_TRIES) {
        // Before the try: a participant that hangs until this function's time is over leaves nobody to do it after.
        await sagas.park(saga);
        unsettled = 'parked';
      }
      await participants.refund(id);
      await participants.release(id);
      await sagas.close(saga);
      log.info('saga undone', { saga: id });
      return 'settled';
    } catch (error) {
      log.error(`saga ${id} could not be undone`, error as Error);
      return unsettled;
    }
  }
}
