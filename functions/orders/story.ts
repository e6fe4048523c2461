// A saga as people read it: its steps with their times and outcomes, put together from the saga log and the participants' ledgers.
import * as z from 'zod';
import type { SagaRow } from './saga-repository.ts';

export const SagaState = z.enum(['running', 'compensating', 'parked', 'succeeded', 'failed']);
const Time = z.iso.datetime();

const Step = z.object({
  step: z.enum(['begin', 'reserve', 'charge', 'complete', 'abort', 'refund', 'release']),
  service: z.enum(['orders', 'stock', 'payment']),
  /** `kept out`: it came after its undo, or its undo came first; it changed nothing. */
  outcome: z.enum(['done', 'refused', 'kept out']),
  at: Time,
  detail: z.string().nullable(),
});
type Step = z.infer<typeof Step>;

export const SagaSummary = z.object({
  order_id: z.string(),
  attempt: z.int(),
  state: SagaState,
  reason: z.string().nullable(),
  user_id: z.string(),
  total_cost: z.int(),
  request_id: z.string(),
  begun_at: Time,
  decided_at: Time.nullable(),
  finished_at: Time.nullable(),
  /** Of the reconciler. */
  tries: z.int(),
});
export type SagaSummary = z.infer<typeof SagaSummary>;

export const SagaStory = z.object({
  order_id: z.string(),
  attempts: z.array(SagaSummary.omit({ order_id: true }).extend({ steps: z.array(Step) })),
});
export type SagaStory = z.infer<typeof SagaStory>;

/** What a participant's ledger says of a saga. */
export const LedgerRecord = z.object({
  saga_id: z.string(),
  state: z.enum(['done', 'refused', 'undone']),
  done_at: Time.nullable(),
  undone_at: Time.nullable(),
  refused_item: z.string().nullish(),
});
export type LedgerRecord = z.infer<typeof LedgerRecord>;

export const summaryOf = (saga: SagaRow): SagaSummary => ({
  order_id: saga.order_id,
  attempt: saga.attempt,
  state: saga.state,
  reason: saga.reason,
  user_id: saga.user_id,
  total_cost: saga.total_cost,
  request_id: saga.request_id,
  begun_at: saga.begun_at.toISOString(),
  decided_at: saga.decided_at?.toISOString() ?? null,
  finished_at: saga.finished_at?.toISOString() ?? null,
  tries: saga.tries,
});

/** Steps in the order in which they happened. */
export function stepsOf(saga: SagaRow, reservation: LedgerRecord | undefined, charge: LedgerRecord | undefined): Step[] {
  const decision = saga.state === 'succeeded' ? 'complete' : 'abort';
  const steps: (Step | undefined)[] = [
    done('begin', 'orders', saga.begun_at.toISOString()),
    reservation && attempted('reserve', 'stock', reservation),
    charge && attempted('charge', 'payment', charge),
    saga.decided_at ? done(decision, 'orders', saga.decided_at.toISOString(), saga.reason) : undefined,
    charge && undone('refund', 'payment', charge),
    reservation && undone('release', 'stock', reservation),
  ];
  return steps.filter((step) => step !== undefined);
}

const done = (step: Step['step'], service: Step['service'], at: string, detail: string | null = null): Step => ({
  step,
  service,
  outcome: 'done',
  at,
  detail,
});

/** A step whose undo came first is told with its undo alone. */
function attempted(step: Step['step'], service: Step['service'], { state, done_at, refused_item }: LedgerRecord): Step | undefined {
  if (done_at === null) return undefined;
  const refused = state === 'refused';
  return { step, service, outcome: refused ? 'refused' : 'done', at: done_at, detail: (refused && refused_item) || null };
}

function undone(step: Step['step'], service: Step['service'], { done_at, undone_at }: LedgerRecord): Step | undefined {
  return undone_at === null ? undefined : { step, service, outcome: done_at === null ? 'kept out' : 'done', at: undone_at, detail: null };
}
