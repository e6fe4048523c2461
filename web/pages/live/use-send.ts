// One press sends one message: the second half of a double click, and a press after no answer came, go under the key of the first.
import { useRef, useState } from 'preact/hooks';
import { type Answer, newIdempotencyKey, postJson, RequestFailed, unexpected } from '../../frame/http.ts';

/** Milliseconds within which two presses are a double click. */
const DOUBLE_CLICK = 600;

export type Outcome =
  | { readonly is: 'accepted'; readonly key: string; readonly took: number }
  | ({ readonly is: 'refused' } & Words)
  | ({ readonly is: 'failed' } & Words);

interface Words {
  readonly words: string;
  readonly requestId: string | null;
}

interface Press {
  readonly what: string;
  readonly key: string;
  readonly at: number;
  isAnswered: boolean;
}

export function useSend() {
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const running = useRef(false);
  const pressed = useRef<Press>(undefined);

  async function send(text: string, channel: string): Promise<void> {
    if (running.current) return;
    running.current = true;
    setPending(true);
    const begun = performance.now();
    const press = pressOf(pressed.current, `${channel}\n${text}`, begun);
    pressed.current = press;
    try {
      const answer = await postJson(`/endpoint/?channel=${encodeURIComponent(channel)}`, text, press.key, () => {});
      press.isAnswered = true;
      setOutcome(await outcomeOf(answer, performance.now() - begun));
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setOutcome({ is: 'failed', words: error.message, requestId: error.requestId });
    } finally {
      running.current = false;
      setPending(false);
    }
  }

  return { pending, outcome, send };
}

function pressOf(before: Press | undefined, what: string, at: number): Press {
  const isSame = before?.what === what && (!before.isAnswered || at - before.at < DOUBLE_CLICK);
  return before && isSame ? before : { what, key: newIdempotencyKey(), at, isAnswered: false };
}

async function outcomeOf(answer: Answer, took: number): Promise<Outcome> {
  if (answer.status === 200) return { is: 'accepted', key: answer.header('message-id') ?? '', took };
  if (answer.status !== 400 && answer.status !== 413) throw unexpected(answer);
  return { is: 'refused', words: await wordsOf(answer), requestId: answer.requestId };
}

async function wordsOf({ body, status }: Answer): Promise<string> {
  const text = await body.text();
  try {
    return String(JSON.parse(text).message);
  } catch {
    return text || `HTTP ${status}`;
  }
}
