// Start, stop and run now, the form for the key, and what came of it.
import { KeyForm } from '../../frame/components/key-form.tsx';
import { Problem } from '../../frame/components/problem.tsx';
import type { Command, Run, SyncStatus } from './contract.ts';
import { type Control, useControl } from './use-control.ts';
import { changes } from './words.ts';

const labels: Record<Command, { readonly label: string; readonly pending: string }> = {
  run: { label: 'Run now', pending: 'Asking for a run…' },
  stop: { label: 'Stop the schedule', pending: 'Stopping…' },
  start: { label: 'Start the schedule', pending: 'Starting…' },
};

export function ControlPanel({ status, runs, look }: { status: SyncStatus; runs: readonly Run[]; look: () => Promise<void> }) {
  const control = useControl(look);
  const waiting = control.asksForKey;
  return (
    <div class="control">
      {waiting === undefined ? (
        <p class="buttons">
          <CommandButton command="run" control={control} />
          <CommandButton command={status.enabled ? 'stop' : 'start'} control={control} />
        </p>
      ) : (
        <KeyForm
          id="key-synchroniser"
          button={labels[waiting].label}
          isRefused={control.isRefused}
          onKey={(typed) => control.press(waiting, typed)}
          onCancel={control.cancel}
        />
      )}
      <p class="legend told" role="status">
        {doneWords(control, runs)}
      </p>
      {control.busy === undefined ? null : (
        <Problem title="Not now." requestId={control.busy.requestId}>
          <p>The server says: {control.busy.words}. Wait until the run that is going on has ended, then press the button again.</p>
        </Problem>
      )}
      {control.failure === undefined ? null : (
        <Problem title="Nobody knows yet whether this was done." requestId={control.failure.requestId}>
          <p>{control.failure.message} Then press the button again: it is the same request, and is carried out once.</p>
        </Problem>
      )}
    </div>
  );
}

/** Keeps the focus while its command is under way, so it is not `disabled`; the command itself takes no second press. */
const CommandButton = ({ command, control: { pending, press } }: { command: Command; control: Control }) => (
  <button type="button" aria-disabled={pending !== undefined} onClick={() => press(command)}>
    {pending === command ? labels[command].pending : labels[command].label}
  </button>
);

function doneWords({ done }: Control, runs: readonly Run[]): string {
  if (done === undefined) return '';
  if (done.command === 'start') return 'Started.';
  if (done.command === 'stop') return 'Stopped. A run that has begun goes on to its end.';
  const run = runs.find(({ id }) => id === done.run);
  if (run?.state === 'failed') return `Run ${done.run} failed: ${run.error ?? 'no reason was given'}`;
  if (run?.state === 'succeeded') return `Run ${done.run} succeeded: ${run.counts ? changes(run.counts) : 'no counts were given'}.`;
  return `Run ${done.run} has begun.`;
}
