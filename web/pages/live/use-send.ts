// Sends a message, one at a time.
import { useRef, useState } from 'preact/hooks';
import { type Answer, newIdempotencyKey, postJson, RequestFailed, unexpected } from '../../frame/http.ts';
import { type Press, pressOf } from '../../live/press.ts';

export type Outcome =
  | { readonly is: 'accepted'; readonly key: string; readonly took: number }
  | ({ readonly is: 'refused' } & Words)
  | ({ readonly is: 'failed' } & Words);

interface Words {
  readonly words: string;
  readonly requestId: string | null;
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
    const press = pressOf(pressed.current, `${channel}\n${text}`, begun, newIdempotencyKey);
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
