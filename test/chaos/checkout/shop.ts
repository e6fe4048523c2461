// A client of the shop that may be hung up on at any moment: it knows what was answered and what was not.
import { eventually } from '../../support/eventually.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly replayed: boolean;
}

/** API Gateway gives up after 29 s: who has no answer by then gets none. */
const NO_ANSWER_MS = 35_000;
/** The host is started again within a few seconds; a busy machine takes longer. */
const PATIENCE_MS = 120_000;

export type Shop = ReturnType<typeof shopAt>;

export function shopAt(url: string) {
  const ask = async (path: string, init: RequestInit): Promise<Answer | undefined> => {
    try {
      const response = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(NO_ANSWER_MS) });
      return { status: response.status, body: await response.text(), replayed: response.headers.has('idempotent-replayed') };
    } catch {
      return undefined;
    }
  };
  /** Undefined where the connection was lost, or there was none. */
  const post = (path: string, key?: string) => ask(path, { method: 'POST', ...(key ? { headers: { 'idempotency-key': key } } : {}) });

  return {
    post,
    /** Asks with the same key until it is done: once, however often that is. */
    surely: (path: string, key: string): Promise<string> =>
      eventually(async () => {
        const answer = await post(path, key);
        return answer?.status === 200 && answer.body;
      }, PATIENCE_MS),

    read: async <Value>(path: string): Promise<Value> => {
      const answer = await ask(path, {});
      if (answer?.status !== 200) throw new Error(`GET ${path} answered ${answer?.status} ${answer?.body}`);
      return JSON.parse(answer.body) as Value;
    },
  };
}
