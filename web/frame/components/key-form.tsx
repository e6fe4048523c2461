// Asks for the API key in the place of what needs it: a button, or all that a page shows.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Field, fieldAttributes } from './field.tsx';

interface Props {
  readonly id: string;
  /** What the button does that needs the key. */
  readonly button: string;
  readonly isRefused: boolean;
  onKey(typed: string): void;
  /** Left out where nothing can be done without the key. */
  readonly onCancel?: () => void;
}

export function KeyForm({ id, button, isRefused, onKey, onCancel }: Props) {
  const input = useRef<HTMLInputElement>(null);
  // Before the form is painted: whoever sees it can type.
  useLayoutEffect(() => input.current?.focus(), []);
  const error = isRefused ? 'The server does not take this key.' : undefined;
  return (
    <form
      class="key"
      onSubmit={(event) => {
        event.preventDefault();
        onKey(input.current?.value.trim() ?? '');
      }}
    >
      <Field
        id={id}
        label="API key"
        error={error}
        hint="Printed by npm start; on AWS, API Gateway shows it. Kept until this tab is closed."
      >
        <input ref={input} type="password" autocomplete="off" required {...fieldAttributes({ id, error })} />
      </Field>
      <button type="submit">{button}</button>
      {onCancel === undefined ? null : (
        <button type="button" class="plain" onClick={onCancel}>
          Cancel
        </button>
      )}
    </form>
  );
}
