// Sends a message, as curl would.
import { useRef, useState } from 'preact/hooks';
import { Field, fieldAttributes } from '../../frame/components/field.tsx';
import { Problem } from '../../frame/components/problem.tsx';
import { duration } from '../../frame/measures.ts';
import { channelsError } from '../../live/channels.ts';
import type { Delivery } from '../../live/deliveries.ts';
import { jsonError } from '../../live/json-error.ts';
import { type Outcome, useSend } from './use-send.ts';

export function SendForm({ find }: { find: (key: string) => Delivery | undefined }) {
  const [text, setText] = useState('{"hello": "world"}');
  const [channel, setChannel] = useState('default');
  const [errors, setErrors] = useState<{ text?: string | undefined; channel?: string | undefined }>({});
  const textarea = useRef<HTMLTextAreaElement>(null);
  const channelInput = useRef<HTMLInputElement>(null);
  const { pending, outcome, send } = useSend();

  function onSubmit(event: Event): void {
    event.preventDefault();
    const wrong = { text: jsonError(text), channel: channelsError([channel]) };
    setErrors(wrong);
    if (wrong.text !== undefined) textarea.current?.focus();
    else if (wrong.channel !== undefined) channelInput.current?.focus();
    else void send(text, channel);
  }

  return (
    <form class="send" noValidate onSubmit={onSubmit} aria-labelledby="send">
      <h2 id="send">Send one</h2>
      <Field id="message" label="Message, in JSON" error={errors.text}>
        <textarea
          {...fieldAttributes({ id: 'message', error: errors.text })}
          ref={textarea}
          class="mono"
          rows={4}
          spellcheck={false}
          autoComplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <Field id="channel" label="Channel" error={errors.channel}>
        <input
          {...fieldAttributes({ id: 'channel', error: errors.channel })}
          ref={channelInput}
          spellcheck={false}
          autoComplete="off"
          value={channel}
          onInput={(event) => setChannel(event.currentTarget.value)}
        />
      </Field>
      <button type="submit" class="primary" aria-disabled={pending}>
        {pending ? 'Sending…' : 'Send'}
      </button>
      <SendOutcome outcome={outcome} find={find} />
    </form>
  );
}

function SendOutcome({ outcome, find }: { outcome: Outcome | undefined; find: (key: string) => Delivery | undefined }) {
  if (outcome?.is === 'refused')
    return (
      <Problem title="Refused." requestId={outcome.requestId}>
        <p>{outcome.words}</p>
      </Problem>
    );
  if (outcome?.is === 'failed')
    return (
      <Problem title="Nobody knows yet whether this was sent." requestId={outcome.requestId}>
        <p>{outcome.words} Then press the button again: it is the same request, and is sent once.</p>
      </Problem>
    );
  const id = outcome && find(outcome.key)?.id;
  return (
    <p class="hint" role="status">
      {outcome ? `Accepted in ${duration(outcome.took)}${id === undefined ? '.' : `, stored as #${id}.`}` : ''}
    </p>
  );
}
