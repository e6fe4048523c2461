// The right-hand column: how large, how it fits, which format, and the button that sends it.
import type { ComponentChildren } from 'preact';
import { Field, fieldAttributes } from '../../frame/components/field.tsx';
import { type FieldErrors, type Fit, type Format, fits, formats, type Settings } from '../../pictures/limits.ts';

interface Props {
  readonly settings: Settings;
  readonly errors: FieldErrors;
  readonly locked: boolean;
  onChange(change: Partial<Settings>): void;
  onLock(locked: boolean): void;
  readonly children: ComponentChildren;
}

export function SettingsForm({ settings, errors, locked, onChange, onLock, children }: Props) {
  return (
    <div class="settings">
      <fieldset>
        <legend class="unseen">Size</legend>
        <div class="size">
          <Side id="width" label="Width, px" value={settings.width} error={errors.width} onTyped={(width) => onChange({ width })} />
          <Side id="height" label="Height, px" value={settings.height} error={errors.height} onTyped={(height) => onChange({ height })} />
        </div>
        <label class="choice">
          <input type="checkbox" checked={locked} onChange={(event) => onLock(event.currentTarget.checked)} /> Keep proportions
        </label>
      </fieldset>
      <Field id="fit" label="Fit" error={errors.fit}>
        <select
          {...fieldAttributes({ id: 'fit', error: errors.fit })}
          value={settings.fit}
          onChange={(event) => onChange({ fit: event.currentTarget.value as Fit })}
        >
          {Object.entries(fits).map(([fit, meaning]) => (
            <option key={fit} value={fit}>
              {meaning}
            </option>
          ))}
        </select>
      </Field>
      <fieldset>
        <legend>Format</legend>
        <div class="formats">
          {Object.entries(formats).map(([format, name]) => (
            <label key={format} class="choice">
              <input
                type="radio"
                name="format"
                value={format}
                checked={settings.format === format}
                onChange={() => onChange({ format: format as Format })}
              />{' '}
              {name}
            </label>
          ))}
        </div>
        {errors.format !== undefined ? <p class="field-error">{errors.format}</p> : null}
      </fieldset>
      {children}
    </div>
  );
}

function Side(props: { id: string; label: string; value: string; error: string | undefined; onTyped: (value: string) => void }) {
  return (
    <Field id={props.id} label={props.label} error={props.error}>
      <input
        {...fieldAttributes(props)}
        inputMode="numeric"
        autoComplete="off"
        value={props.value}
        onInput={(event) => props.onTyped(event.currentTarget.value)}
      />
    </Field>
  );
}
