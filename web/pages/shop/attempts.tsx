// The attempts to check an order out, the latest first, and the picture of the one that is looked at.
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../frame/components/problem.tsx';
import { clock } from '../../frame/measures.ts';
import { type Attempt, after } from './saga.ts';
import { Key, SagaPicture } from './saga-picture.tsx';
import { attemptWords } from './verdict.ts';

export function Attempts({ attempts, itemName }: { attempts: readonly Attempt[]; itemName(id: string): string }) {
  const latest = attempts.at(-1);
  const [number, setNumber] = useState(latest?.attempt);
  useEffect(() => setNumber(latest?.attempt), [latest?.attempt]);
  const shown = attempts.find(({ attempt }) => attempt === number) ?? latest;
  if (shown === undefined) return null;
  return (
    <>
      {attempts.length === 1 ? <p class="attempts">Attempt 1, {attemptWords(shown)}</p> : null}
      <fieldset class="attempts" hidden={attempts.length === 1}>
        <legend class="unseen">Attempts</legend>
        {attempts.toReversed().map((attempt) => (
          <label key={attempt.attempt} class="choice">
            <input type="radio" name="attempt" checked={attempt === shown} onChange={() => setNumber(attempt.attempt)} /> Attempt{' '}
            {attempt.attempt}, {attemptWords(attempt)}
          </label>
        ))}
      </fieldset>
      <SagaPicture attempt={shown} itemName={itemName} />
      <Key />
      <p class="legend">{timing(shown)}</p>
      {shown.state === 'parked' ? (
        <Problem title="What this attempt did could not be undone yet." requestId={shown.request_id}>
          <p>It was tried several times. Whoever runs this shop has to look at it; it is on the list of parked sagas.</p>
        </Problem>
      ) : null}
    </>
  );
}

function timing(attempt: Attempt): string {
  const begun = `Begun at ${clock(Date.parse(attempt.begun_at))}`;
  if (attempt.finished_at !== null)
    return `${begun}, finished ${after(attempt, attempt.finished_at)}. Times are counted from the beginning.`;
  return attempt.state === 'parked' ? `${begun}.` : `${begun}, not finished yet. This picture follows it.`;
}
