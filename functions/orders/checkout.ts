// The two ends of a checkout that belong to orders: how it begins, and how it is decided. What happens between is the state machine's.
import { createHash } from 'node:crypto';
import { codeOf } from '../shared/database.ts';
import { escaped } from '../shared/http/html.ts';
import type { OrderLine } from './order-repository.ts';
import { type Begun, type Decision, type SagaId, type SagaRepository, sagaIdOf } from './saga-repository.ts';

/** API Gateway has given up after 29 s, the state machine after 28: nobody works on a saga any more when the reconciler looks at it. */
const GRACE_SECONDS = 30;
const MAX_KEY_LENGTH = 255;
const DUPLICATE = 1062;

/** What the client gets; the gateway's template turns it into an answer. */
export interface CheckoutAnswer {
  readonly statusCode: number;
  readonly contentType: string;
  readonly body: string;
  readonly replayed: boolean;
  readonly requestId: string;
}

export interface Saga extends SagaId {
  readonly id: string;
  readonly userId: string;
  readonly amount: number;
  readonly items: readonly OrderLine[];
}

/** Either a saga to run, or the answer at once. */
export type Beginning =
  | { readonly outcome: 'run'; readonly requestId: string; readonly saga: Saga }
  | { readonly outcome: 'answered'; readonly decision: { readonly answer: CheckoutAnswer } };

export interface CheckoutRequest {
  readonly orderId: string;
  /** `Idempotency-Key`; empty without one. */
  readonly key: string;
  readonly requestId: string;
  /** Name of the state machine's execution: a step that it repeats finds its own key again. */
  readonly execution: string;
}

/** What the steps before a decision came to; absent where they were not reached, or gave no answer. */
export interface Steps {
  readonly reserve?: { readonly state: string; readonly refused_item: string | null } | undefined;
  readonly charge?: { readonly state: string } | undefined;
}

export function checkout(sagas: SagaRepository) {
  async function begin({ orderId, key, requestId, execution }: CheckoutRequest): Promise<Beginning> {
    if (key === '') return beginning(await sagas.begin(orderId, requestId, GRACE_SECONDS), orderId, requestId);
    if (key.length > MAX_KEY_LENGTH) return answered(text(400, `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters`, requestId));
    const id = createHash('sha256').update(`POST /orders/checkout/{order_id}\n${key}`).digest('hex');
    await sagas.forgetKey(id);
    const begun = await sagas.begin(orderId, requestId, GRACE_SECONDS, { id, execution }).catch((error: unknown) => {
      if (codeOf(error) !== DUPLICATE) throw error;
    });
    return begun === undefined ? known(id, { orderId, requestId, execution }) : beginning(begun, orderId, requestId);
  }

  /**
   * A key that was used before stands for its saga, and for what became of it. The execution that used it, and repeats this step because it got
   * no answer, goes on with that saga: others may have brought it to its end meanwhile, and then that is the end.
   */
  async function known(id: string, { orderId, requestId, execution }: Omit<CheckoutRequest, 'key'>): Promise<Beginning> {
    const key = await sagas.findKey(id);
    if (!key) return beginning(undefined, orderId, requestId);
    if (key.order_id !== orderId) return refused(422, 'This Idempotency-Key was used with another payload', requestId);
    const { state, reason, ...begun } = await sagas.find({ orderId, attempt: key.attempt });
    const own = key.execution === execution;
    if (state !== 'running') return answered({ ...answerTo({ state, reason }, requestId), replayed: !own });
    return own ? beginning(begun, orderId, requestId) : refused(409, 'A request with this Idempotency-Key is still running', requestId);
  }

  async function complete(saga: SagaId, requestId: string) {
    const decision = await sagas.complete(saga);
    return { state: decision.state, answer: answerTo(decision, requestId) };
  }

  /** Decides against the saga, unless it is decided. What was answered by then stays true. */
  async function abort(saga: SagaId, steps: Steps, requestId: string) {
    const nothingDone = steps.reserve?.state === 'refused' && steps.charge === undefined;
    const decision = await sagas.abort(saga, reasonOf(steps), nothingDone);
    return { state: decision.state, answer: answerTo(decision, requestId) };
  }

  return { begin, complete, abort, close: sagas.close };
}

export const TIMED_OUT = 'Requests error';

function reasonOf({ reserve, charge }: Steps): string {
  if (reserve?.state === 'refused') return `Out of stock on item_id: ${reserve.refused_item}`;
  if (charge?.state === 'refused') return 'User out of credit';
  return TIMED_OUT;
}

function beginning(begun: Begun | undefined, orderId: string, requestId: string): Beginning {
  if (!begun) return answered(text(400, `Order: ${escaped(orderId)} not found!`, requestId));
  if (begun.status === 'paid') return answered(text(200, 'Checkout successful', requestId));
  const { attempt, userId, items, totalCost } = begun;
  return { outcome: 'run', requestId, saga: { id: sagaIdOf({ orderId, attempt }), orderId, attempt, userId, items, amount: totalCost } };
}

const answerTo = ({ state, reason }: Decision, requestId: string): CheckoutAnswer =>
  state === 'succeeded' ? text(200, 'Checkout successful', requestId) : text(400, escaped(reason ?? TIMED_OUT), requestId);

const text = (statusCode: number, body: string, requestId: string): CheckoutAnswer => ({
  statusCode,
  contentType: 'text/html; charset=utf-8',
  body,
  replayed: false,
  requestId,
});

const refused = (statusCode: number, message: string, requestId: string): Beginning =>
  answered({ statusCode, contentType: 'application/json', body: JSON.stringify({ message }), replayed: false, requestId });

const answered = (answer: CheckoutAnswer): Beginning => ({ outcome: 'answered', decision: { answer } });
