// Moves dead letters back. The key is asked for once a tab, and again when the server does not take it.
import { useState } from 'preact/hooks';
import { apiKey, forgetApiKey, keepApiKey } from '../../frame/api-key.ts';
import { json, postWithKey, RequestFailed, unexpected } from '../../frame/http.ts';
import type { Replayed } from './contract.ts';

const forbidden = 403;

export interface Replay {
  readonly pending: boolean;
  /** The form for the key is open. */
  readonly asksForKey: boolean;
  readonly isRefused: boolean;
  readonly outcome: string | undefined;
  readonly failure: RequestFailed | undefined;
  /** With the key that is typed in, or the one that this tab knows. */
  run(typed?: string): Promise<void>;
  cancel(): void;
}

type State = Omit<Replay, 'run' | 'cancel'>;
const rest: State = { pending: false, asksForKey: false, isRefused: false, outcome: undefined, failure: undefined };

export function useReplay(queue: string, done: () => Promise<void>): Replay {
  const [state, setState] = useState(rest);

  async function run(typed?: string): Promise<void> {
    if (state.pending) return;
    const key = typed ?? apiKey();
    if (!key) return setState({ ...rest, asksForKey: true });
    setState({ ...rest, pending: true });
    try {
      const answer = await postWithKey(`/api/workers/${encodeURIComponent(queue)}/replay`, key);
      if (answer.status === forbidden) {
        forgetApiKey();
        return setState({ ...rest, asksForKey: true, isRefused: true });
      }
      keepApiKey(key);
      if (answer.status !== 200) throw unexpected(answer);
      const { moved, left } = (await json(answer)) as Replayed;
      await done();
      setState({ ...rest, outcome: `${moved} moved back${left > 0 ? `, ${left} left` : ''}` });
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setState({ ...rest, failure: error });
    }
  }

  return { ...state, run, cancel: () => setState(rest) };
}
