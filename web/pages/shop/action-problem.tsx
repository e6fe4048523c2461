// Why an action did not do what it should.
import { Problem } from '../../frame/components/problem.tsx';
import type { Action } from './use-action.ts';

export function ActionProblem({ action: { refused, failure } }: { action: Action }) {
  if (refused)
    return (
      <Problem title="Refused." requestId={refused.requestId}>
        <p>{refused.text}</p>
      </Problem>
    );
  if (failure)
    return (
      <Problem title="Nobody knows yet whether this was done." requestId={failure.requestId}>
        <p>{failure.message} Then press the button again: it is the same request, and is carried out once.</p>
      </Problem>
    );
  return null;
}
