// One action at a time: a second press while the first is under way does nothing, and one that got no answer is sent again under its key.
import { useRef, useState } from 'preact/hooks';
import { newIdempotencyKey, RequestFailed } from '../../frame/http.ts';
import { act } from './api.ts';
import type { Reply } from './contract.ts';

export interface Action {
  readonly pending: boolean;
  /** The service's refusal, or that there was no answer. */
  readonly refused: Reply | undefined;
  readonly failure: RequestFailed | undefined;
  run(path: string): Promise<void>;
  /** Shows no outcome any more. */
  clear(): void;
}

type Outcome = Pick<Action, 'refused' | 'failure'>;
const fresh: Outcome = { refused: undefined, failure: undefined };

/** `done` gets every answer, also a refusal; the action stays pending until it has finished. */
export function useAction(done: (reply: Reply) => Promise<void>): Action {
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState(fresh);
  const running = useRef(false);
  const unanswered = useRef<{ readonly path: string; readonly key: string } | undefined>(undefined);

  async function run(path: string): Promise<void> {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setOutcome(fresh);
    if (unanswered.current?.path !== path) unanswered.current = { path, key: newIdempotencyKey() };
    try {
      const reply = await act(path, unanswered.current.key);
      unanswered.current = undefined;
      if (!reply.accepted) setOutcome({ ...fresh, refused: reply });
      await done(reply);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setOutcome({ ...fresh, failure: error });
    } finally {
      running.current = false;
      setPending(false);
    }
  }

  return { pending, ...outcome, run, clear: () => setOutcome(fresh) };
}
