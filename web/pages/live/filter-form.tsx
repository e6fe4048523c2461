// Which channels are shown; kept in the page's address, so that it can be handed on.
import { useState } from 'preact/hooks';
import { Field, fieldAttributes } from '../../frame/components/field.tsx';
import { channelsError, channelsOf } from '../../live/channels.ts';
import type { Channels } from '../../live/follower.ts';

export function channelsInAddress(): Channels {
  const channels = channelsOf(new URLSearchParams(location.search).get('channels') ?? '');
  return channelsError(channels) === undefined ? channels : undefined;
}

export function showInAddress(channels: Channels): void {
  history.replaceState(null, '', channels ? `?channels=${channels.join(',')}` : location.pathname);
}

export function FilterForm({ onChange }: { onChange: (channels: Channels) => void }) {
  const [typed, setTyped] = useState(() => channelsInAddress()?.join(', ') ?? '');
  const [shown, setShown] = useState(typed);
  const [error, setError] = useState<string>();

  function show(text: string): void {
    const channels = channelsOf(text);
    const wrong = channelsError(channels);
    setError(wrong);
    if (wrong !== undefined) return;
    setTyped(channels?.join(', ') ?? '');
    setShown(channels?.join(', ') ?? '');
    onChange(channels);
  }

  return (
    <form
      class="filter"
      noValidate
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        show(typed);
      }}
    >
      <Field id="channels" label="Only the channels" error={error}>
        <input
          {...fieldAttributes({ id: 'channels', error })}
          autoComplete="off"
          spellcheck={false}
          placeholder="all"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
      <button type="submit">Show</button>
      {shown === '' ? null : (
        <button type="button" onClick={() => show('')}>
          Show all
        </button>
      )}
    </form>
  );
}
