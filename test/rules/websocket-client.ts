// A WebSocket client that remembers what it got, so that a test can wait for it.
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';

export interface Client {
  readonly socket: WebSocket;
  /** Text frames in the order of arrival. */
  readonly received: readonly string[];
  /** The next text that nobody has taken yet, as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the function under test has sent
  next(): Promise<any>;
  /** Code and reason of the close. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

export type ConnectOptions = ClientOptions & { readonly protocols?: string[] };

/** Resolves with an open connection; rejects with `Unexpected server response: <status>` where the handshake is refused. */
export async function connect(url: string, path = '/live', options: ConnectOptions = {}): Promise<Client> {
  const socket = new WebSocket(`${url.replace('http:', 'ws:')}${path}`, options.protocols ?? [], options);
  const received: string[] = [];
  let taken = 0;
  socket.on('message', (data) => received.push(String(data)));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  await once(socket, 'open');
  // A reset is what some tests want; those see the close.
  socket.on('error', () => undefined);
  return {
    socket,
    received,
    closed,
    next: async () => JSON.parse(await eventually(() => received[taken]).finally(() => taken++)),
  };
}
