// A payload as the text that it was sent as: short ones in the line, long ones to be opened, those too large for a frame to be fetched.
import { useState } from 'preact/hooks';
import { get, RequestFailed, unexpected } from '../../frame/http.ts';
import type { Delivery } from '../../live/deliveries.ts';
import { elements, members, pretty } from '../../live/json-text.ts';

/** Characters. */
const SHORT = 56;
const PREVIEW = 160;

export function Payload({ delivery: { text, href } }: { delivery: Delivery }) {
  if (text === undefined) return href === undefined ? <span class="payload hint">Too large for a frame</span> : <Fetched href={href} />;
  if (text.length <= SHORT) return <code class="payload">{text}</code>;
  return (
    <Opened summary={<code>{text.slice(0, PREVIEW)}</code>}>
      <Text text={pretty(text)} />
    </Opened>
  );
}

/** Over 30 KB: asked for only when somebody wants to see it. */
function Fetched({ href }: { href: string }) {
  const [shown, setShown] = useState('Asking for it…');
  async function ask(): Promise<void> {
    try {
      const answer = await get(href);
      if (answer.status !== 200) throw unexpected(answer);
      const [, payload = ''] = elements(members(await answer.body.text()).get('message') ?? '[]');
      setShown(pretty(payload));
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setShown(`${error.message} Close this and open it to ask again.`);
    }
  }
  return (
    <Opened summary="Too large for a frame: open to fetch it" onOpen={ask}>
      <Text text={shown} />
    </Opened>
  );
}

/** Long ones scroll in themselves, so the keyboard has to get there. */
const Text = ({ text }: { text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
  <pre tabIndex={0}>{text}</pre>
);

/** What is inside is made only once it is opened. */
function Opened({
  summary,
  children,
  onOpen,
}: {
  summary: preact.ComponentChildren;
  children: preact.ComponentChildren;
  onOpen?: () => void;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      class="payload"
      onToggle={({ currentTarget: { open } }) => {
        setIsOpen(open);
        if (open) onOpen?.();
      }}
    >
      <summary>{summary}</summary>
      {isOpen ? children : null}
    </details>
  );
}
