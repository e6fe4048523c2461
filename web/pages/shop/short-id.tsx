// The beginning of an id; all of it on hover, and on a press in the clipboard.
import { useState } from 'preact/hooks';

export function ShortId({ id, of }: { id: string; of: string }) {
  const [copied, setCopied] = useState<boolean>();

  /** A page that came over plain HTTP from another machine has no clipboard: then the id stands there in full, to be marked by hand. */
  const copy = () =>
    Promise.resolve(navigator.clipboard?.writeText(id) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setCopied(true),
      () => setCopied(false),
    );

  return (
    <span class="short-id">
      <button type="button" class="plain mono" title={id} aria-label={`Copy the id of ${of}: ${id}`} onClick={copy}>
        {copied === false ? id : id.slice(0, 8)}
      </button>
      <span class="legend" role="status">
        {copied ? 'copied' : ''}
      </span>
    </span>
  );
}
