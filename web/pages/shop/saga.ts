// The saga of an order, as `GET /orders/saga/{order_id}` tells it.

export type Service = 'orders' | 'stock' | 'payment';
export type StepName = 'begin' | 'reserve' | 'charge' | 'complete' | 'abort' | 'refund' | 'release';

export interface Step {
  readonly step: StepName;
  readonly service: Service;
  /** `kept out`: the undo came before its do, which then changes nothing any more. */
  readonly outcome: 'done' | 'refused' | 'kept out';
  /** ISO 8601. */
  readonly at: string;
  /** Of a refused reservation: the item's id. Of a decision: its reason. */
  readonly detail: string | null;
}

export interface Attempt {
  readonly attempt: number;
  readonly state: 'running' | 'compensating' | 'parked' | 'succeeded' | 'failed';
  readonly reason: string | null;
  readonly request_id: string;
  readonly begun_at: string;
  readonly finished_at: string | null;
  /** In the order in which they happened. */
  readonly steps: readonly Step[];
}

export interface SagaStory {
  readonly order_id: string;
  /** The oldest first. */
  readonly attempts: readonly Attempt[];
}

/** Something still happens to it by itself. */
export const isUnderWay = ({ state }: Attempt): boolean => state === 'running' || state === 'compensating';

/** The part of the way back: what undoes, or decides to. */
export const isBack = ({ step }: Pick<Step, 'step'>): boolean => step === 'abort' || step === 'refund' || step === 'release';

/** Milliseconds after the attempt began, as `+12 ms`; clocks of two services may disagree by a few. */
export function after({ begun_at }: Pick<Attempt, 'begun_at'>, at: string): string {
  const passed = Date.parse(at) - Date.parse(begun_at);
  const size = Math.abs(passed);
  return `${passed < 0 ? '−' : '+'}${size < 1000 ? `${size} ms` : `${(size / 1000).toFixed(size < 100_000 ? 1 : 0)} s`}`;
}

/** Why a step was refused or a decision fell, in lines of at most some 16 characters: there is little room on a phone. */
export function noteLines(step: Step, attempt: Pick<Attempt, 'steps'>, itemName: (id: string) => string): string[] {
  if (step.outcome === 'kept out') return ['before its do,', 'which is kept out'];
  if (step.step === 'reserve' && step.outcome === 'refused')
    return step.detail === null ? ['refused'] : ['too few of', itemName(step.detail)];
  if (step.step === 'charge' && step.outcome === 'refused') return ['not enough', 'credit'];
  const refused = attempt.steps.some(({ outcome }) => outcome === 'refused');
  return step.step === 'abort' && !refused ? ['no answer', 'in time'] : [];
}
