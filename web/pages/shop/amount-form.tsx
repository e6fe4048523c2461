// An amount and the button that sends it.
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Field, fieldAttributes } from '../../frame/components/field.tsx';
import { ActionButton } from './action-button.tsx';
import { ActionProblem } from './action-problem.tsx';
import type { Reply } from './contract.ts';
import { amountError } from './terms.ts';
import { useAction } from './use-action.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  /** What the button adds to, where only the eyes can tell. */
  readonly of?: string;
  readonly initial: string;
  readonly least: number;
  readonly button: string;
  readonly pendingButton: string;
  path(amount: number): string;
  done(reply: Reply): Promise<void>;
  readonly children?: ComponentChildren;
}

export function AmountForm({ id, label, of, initial, least, button, pendingButton, path, done, children }: Props) {
  const [typed, setTyped] = useState(initial);
  const [error, setError] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const action = useAction(done);

  function onSubmit(event: Event): void {
    event.preventDefault();
    const wrong = amountError(typed, least);
    setError(wrong);
    if (wrong === undefined) action.run(path(Number(typed)));
    else input.current?.focus();
  }

  return (
    <form class="amount" noValidate onSubmit={onSubmit} aria-label={of === undefined ? button : `${button} ${of}`}>
      {children}
      <Field id={id} label={label} error={error}>
        <input
          {...fieldAttributes({ id, error })}
          ref={input}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
      <ActionButton action={action} label={button} pendingLabel={pendingButton} {...(of === undefined ? {} : { of })} />
      <ActionProblem action={action} />
    </form>
  );
}
