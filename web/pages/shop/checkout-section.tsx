// What became of the checkout: in words, what to do next, and the saga as a picture.
import { Problem } from '../../frame/components/problem.tsx';
import { ActionProblem } from './action-problem.tsx';
import { Attempts } from './attempts.tsx';
import { isUnderWay } from './saga.ts';
import type { Action } from './use-action.ts';
import type { SagaView } from './use-saga.ts';
import { attemptWords, type Verdict } from './verdict.ts';

interface Props {
  readonly checkout: Action;
  readonly saga: SagaView;
  readonly verdict: Verdict | undefined;
  itemName(id: string): string;
}

export function CheckoutSection({ checkout, saga: { story, trouble }, verdict, itemName }: Props) {
  const attempts = story?.attempts ?? [];
  const latest = attempts.at(-1);
  // A checkout whose answer got lost may have succeeded all the same.
  const failed = checkout.failure !== undefined && verdict?.tone !== 'good';
  const told = checkout.pending || failed ? undefined : verdict;
  const underWay = latest !== undefined && isUnderWay(latest);
  return (
    <section class="checkout" aria-labelledby="outcome">
      <h2 id="outcome" tabIndex={-1} class={told?.tone ?? ''}>
        {told?.title ?? (checkout.pending ? 'Checking out…' : underWay ? 'A checkout is under way' : 'Checkout')}
      </h2>
      <p>
        {told?.next ??
          (attempts.length === 0
            ? 'Stock reserves the items, payment charges the user, orders completes; or everything goes back. The way it takes is drawn here. To see it go back, order more than there is, or check out without credit.'
            : '')}
      </p>
      <p class="unseen" role="status">
        {underWay ? `Attempt ${latest.attempt} is ${attemptWords(latest)}.` : ''}
      </p>
      {failed ? <ActionProblem action={checkout} /> : null}
      {trouble ? (
        <Problem title="How the saga stands is unknown at the moment." requestId={trouble.requestId}>
          <p>{trouble.message} This page keeps asking.</p>
        </Problem>
      ) : null}
      <Attempts attempts={attempts} itemName={itemName} />
    </section>
  );
}
