// A button that says what it is doing. It keeps the focus meanwhile, so it is not `disabled`; the action itself takes no second press.
import type { Action } from './use-action.ts';

interface Props {
  readonly action: Action;
  readonly label: string;
  readonly pendingLabel: string;
  readonly primary?: boolean;
  readonly id?: string;
  /** Left out in a form, whose submission is the press. */
  readonly path?: string;
  /** For those who do not see what the button stands beside. */
  readonly of?: string;
}

export function ActionButton({ action, label, pendingLabel, primary = false, id, path, of }: Props) {
  return (
    <button
      type={path === undefined ? 'submit' : 'button'}
      {...(id === undefined ? {} : { id })}
      class={primary ? 'primary' : ''}
      aria-disabled={action.pending}
      onClick={() => path !== undefined && action.run(path)}
    >
      {action.pending ? pendingLabel : label}
      {of === undefined ? null : <span class="unseen"> {of}</span>}
    </button>
  );
}
