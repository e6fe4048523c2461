// Commands to the synchroniser, one at a time. The key is asked for once a tab; a command that got no answer goes again under its idempotency key.
import { useRef, useState } from 'preact/hooks';
import { apiKey, forgetApiKey, keepApiKey } from '../../frame/api-key.ts';
import { newIdempotencyKey, RequestFailed } from '../../frame/http.ts';
import { type Reply, send } from './api.ts';
import type { Command } from './contract.ts';

interface State {
  readonly pending: Command | undefined;
  /** The command that waits for a key. */
  readonly asksForKey: Command | undefined;
  readonly isRefused: boolean;
  readonly done: { readonly command: Command; readonly run: number | undefined } | undefined;
  readonly busy: Extract<Reply, { is: 'busy' }> | undefined;
  readonly failure: RequestFailed | undefined;
}
const rest: State = { pending: undefined, asksForKey: undefined, isRefused: false, done: undefined, busy: undefined, failure: undefined };

export interface Control extends State {
  /** With the key that is typed in, or the one that this tab knows. */
  press(command: Command, typed?: string): Promise<void>;
  cancel(): void;
}

/** `look` shows what came of it; a command stays pending until that is there. */
export function useControl(look: () => Promise<void>): Control {
  const [state, setState] = useState(rest);
  const running = useRef(false);
  const unanswered = useRef<{ readonly command: Command; readonly key: string } | undefined>(undefined);

  async function press(command: Command, typed?: string): Promise<void> {
    const key = typed ?? apiKey();
    if (running.current) return;
    if (!key) return setState({ ...rest, asksForKey: command });
    running.current = true;
    setState({ ...rest, pending: command });
    if (unanswered.current?.command !== command) unanswered.current = { command, key: newIdempotencyKey() };
    try {
      const reply = await send(command, key, unanswered.current.key);
      unanswered.current = undefined;
      if (reply.is === 'forbidden') {
        forgetApiKey();
        return setState({ ...rest, asksForKey: command, isRefused: true });
      }
      keepApiKey(key);
      await look();
      setState(reply.is === 'busy' ? { ...rest, busy: reply } : { ...rest, done: { command, run: reply.run } });
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setState({ ...rest, failure: error });
    } finally {
      running.current = false;
    }
  }

  return { ...state, press, cancel: () => setState(rest) };
}
