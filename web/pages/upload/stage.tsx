// The large plate: first the place to choose or drop a picture, then the picture, then before and after.
import { bytes } from '../../frame/measures.ts';
import { Comparison } from '../../pictures/comparison.tsx';
import { largestFile } from '../../pictures/limits.ts';
import { Picture } from '../../pictures/picture.tsx';
import type { Shown } from '../../pictures/shown.ts';

interface Props {
  readonly before: Shown | undefined;
  readonly name: string | undefined;
  readonly after: Shown | undefined;
  readonly error: string | undefined;
  readonly over: boolean;
  readonly busy: boolean;
  onFile(file: File): void;
}

export function Stage({ before, name, after, error, over, busy, onFile }: Props) {
  return (
    <div class={`stage${over ? ' over' : ''}${before === undefined ? ' empty' : ''}`}>
      {before === undefined ? null : after === undefined ? (
        <Picture shown={before} title={name ?? 'Picture'} />
      ) : (
        <Comparison before={before} after={after} />
      )}
      <div class="choose">
        <input
          type="file"
          id="image"
          class="unseen"
          accept="image/*"
          disabled={busy}
          aria-invalid={error !== undefined}
          aria-describedby="image-notes"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            // The same file again, edited in between, is a change too.
            currentTarget.value = '';
            if (file !== undefined) onFile(file);
          }}
        />
        <label class="button" for="image">
          Choose a picture
        </label>
        <div id="image-notes">
          {error !== undefined ? <p class="field-error">{error}</p> : null}
          <p class="hint">
            {before === undefined ? `Or drop one here, or paste it. Up to ${bytes(largestFile)}.` : 'Or drop or paste another.'}
          </p>
        </div>
      </div>
    </div>
  );
}
