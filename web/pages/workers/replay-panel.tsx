// The button that moves a queue's dead letters back, and what came of it.
import { KeyForm } from '../../frame/components/key-form.tsx';
import { Problem } from '../../frame/components/problem.tsx';
import { useReplay } from './use-replay.ts';

interface Props {
  readonly queue: string;
  readonly hasDeadLetters: boolean;
  /** Called once letters were moved. */
  readonly onReplayed: () => Promise<void>;
}

export function ReplayPanel({ queue, hasDeadLetters, onReplayed }: Props) {
  const replay = useReplay(queue, onReplayed);
  return (
    <div class="replay">
      {hasDeadLetters && !replay.asksForKey ? (
        <button type="button" aria-disabled={replay.pending} onClick={() => replay.run()}>
          {replay.pending ? 'Replaying …' : 'Replay'}
          <span class="unseen"> dead letters of {queue}</span>
        </button>
      ) : null}
      {replay.asksForKey ? (
        <KeyForm id={`key-${queue}`} button="Replay" isRefused={replay.isRefused} onKey={replay.run} onCancel={replay.cancel} />
      ) : null}
      <span class="legend" role="status">
        {replay.outcome ?? ''}
      </span>
      {replay.failure === undefined ? null : (
        <Problem title="The dead letters could not be moved." requestId={replay.failure.requestId}>
          <p>{replay.failure.message} What was moved stays moved; replay again for the rest.</p>
        </Problem>
      )}
    </div>
  );
}
