// A labelled control with its hint and its error, tied together for screen readers.
import type { ComponentChildren } from 'preact';

export interface FieldState {
  readonly id: string;
  readonly error?: string | undefined;
}

/** Attributes for the control itself, so that label, error and control belong together. */
export const fieldAttributes = ({ id, error }: FieldState) => ({
  id,
  name: id,
  'aria-invalid': error !== undefined,
  'aria-describedby': `${id}-notes`,
});

export function Field(props: FieldState & { label: string; hint?: string | undefined; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      {props.children}
      <div id={`${props.id}-notes`}>
        {props.error !== undefined ? <p class="field-error">{props.error}</p> : null}
        {props.hint !== undefined ? <p class="hint">{props.hint}</p> : null}
      </div>
    </div>
  );
}
