// Asks for the API key in the place of the button that needs it.
import { useEffect, useRef } from 'preact/hooks';
import { Field, fieldAttributes } from './field.tsx';

interface Props {
  readonly id: string;
  /** What the button does that needs the key. */
  readonly button: string;
  readonly isRefused: boolean;
  onKey(typed: string): void;
  onCancel(): void;
}

export function KeyForm({ id, button, isRefused, onKey, onCancel }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const error = isRefused ? 'The server does not take this key.' : undefined;
  return (
    <form
      class="key"
      onSubmit={(event) => {
        event.preventDefault();
        onKey(input.current?.value.trim() ?? '');
      }}
    >
      <Field id={id} label="API key" error={error} hint="Printed by npm start. Kept until this tab is closed.">
        <input ref={input} type="password" autocomplete="off" required {...fieldAttributes({ id, error })} />
      </Field>
      <button type="submit">{button}</button>
      <button type="button" class="plain" onClick={onCancel}>
        Cancel
      </button>
    </form>
  );
}
