// Node's inspector over its WebSocket: the main thread and all worker threads of a process, each as a session.

export type Send = <Result>(method: string, params?: object) => Promise<Result>;

export interface Thread {
  readonly send: Send;
}

export interface Inspector {
  readonly main: Thread;
  /** The worker threads that there are now. */
  readonly workers: readonly Thread[];
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId: string; readonly message: string };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** `url`: what the process says when its inspector opens, ws://127.0.0.1:… */
export async function inspect(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`no inspector at ${url}`)), { once: true });
  });
  const workers = new Map<string, Session>();
  const main = session((text) => socket.send(text));
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    const { sessionId = '', message: inner = '' } = message.params ?? {};
    if (message.method === 'NodeWorker.attachedToWorker') workers.set(sessionId, worker(main, sessionId));
    else if (message.method === 'NodeWorker.receivedMessageFromWorker') workers.get(sessionId)?.receive(JSON.parse(inner));
    else main.receive(message);
  });
  // Workers that exist are announced before this is answered.
  await main.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return { main, workers: [...workers.values()], close: () => socket.close() };
}

interface Session extends Thread {
  receive(message: Message): void;
}

function worker(main: Session, sessionId: string): Session {
  return session((message) => void main.send('NodeWorker.sendMessageToWorker', { sessionId, message }));
}

function session(write: (text: string) => void): Session {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  return {
    send<Result>(method: string, params: object = {}) {
      const id = ++last;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      write(JSON.stringify({ id, method, params }));
      return answer.promise as Promise<Result>;
    },
    receive({ id, result, error }) {
      const answer = waiting.get(id ?? 0);
      waiting.delete(id ?? 0);
      if (error) answer?.reject(new Error(error.message));
      else answer?.resolve(result);
    },
  };
}
