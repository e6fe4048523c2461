// The button that moves a queue's dead letters back, the form for the key, and what came of it.
import { useEffect, useRef } from 'preact/hooks';
import { Field, fieldAttributes } from '../../frame/components/field.tsx';
import { Problem } from '../../frame/components/problem.tsx';
import { type Replay, useReplay } from './use-replay.ts';

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
      {replay.asksForKey ? <KeyForm queue={queue} replay={replay} /> : null}
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

function KeyForm({ queue, replay }: { queue: string; replay: Replay }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const id = `key-${queue}`;
  const error = replay.isRefused ? 'The server does not take this key.' : undefined;
  return (
    <form
      class="key"
      onSubmit={(event) => {
        event.preventDefault();
        replay.run(input.current?.value.trim() ?? '');
      }}
    >
      <Field id={id} label="API key" error={error} hint="Printed by npm start. Kept until this tab is closed.">
        <input ref={input} type="password" autocomplete="off" required {...fieldAttributes({ id, error })} />
      </Field>
      <button type="submit">Replay</button>
      <button type="button" class="plain" onClick={replay.cancel}>
        Cancel
      </button>
    </form>
  );
}
