// Counts checkouts for `/metrics`. API Gateway asks the state machine for them, without a function that would see the request and the answer: so
// they are counted where their answer is decided, with the time from the execution's start until then.
import type { CountRequest } from '../shared/metrics/requests.ts';
import type { CheckoutAnswer } from './checkout.ts';
import { checkoutRoutes, STEP_SECONDS } from './routes.ts';

const { method, path: route } = checkoutRoutes.checkout;

/** Gives what `decide` gives, and counts the answer in it. A try that nobody hears any more does not count: the next one does. */
export async function counted<Decided>(
  count: CountRequest,
  startedAt: Date | undefined,
  decide: () => Promise<Decided>,
  answerIn: (decided: Decided) => CheckoutAnswer | undefined,
): Promise<Decided> {
  const began = performance.now();
  const decided = await decide();
  const answer = answerIn(decided);
  if (startedAt && answer && performance.now() - began < STEP_SECONDS * 1000) {
    // Two machines' clocks may disagree by more than a checkout takes.
    await count({ method, route, status: answer.statusCode }, Math.max(0, Date.now() - startedAt.getTime()) / 1000);
  }
  return decided;
}
