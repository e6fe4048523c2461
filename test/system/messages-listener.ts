// A client of the WebSocket: remembers what it was told, so that a test can wait for it.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';
import { url } from './application.ts';
import { newChannel, sent } from './messages-client.ts';

interface About {
  readonly key: string;
  readonly channel: string;
  readonly message: unknown;
  readonly truncated?: true;
  readonly at: string;
  readonly requestId: string;
}

export type Received = About & { readonly type: 'received' };
export type Stored = About & { readonly type: 'stored'; readonly id: number; readonly href?: string };

export type Told =
  | Received
  | Stored
  | { readonly type: 'resumed'; readonly after: number; readonly through: number }
  | { readonly type: 'subscribed'; readonly channels: readonly string[] | null }
  | { readonly type: 'error'; readonly message: string };

export type Of<Type extends Told['type']> = Extract<Told, { readonly type: Type }>;

export interface Listener {
  readonly socket: WebSocket;
  /** Frames as they came. */
  readonly frames: readonly string[];
  /** What the frames hold, one event after the other. */
  readonly events: readonly Told[];
  /** Code of the close. */
  readonly closed: Promise<number>;
  say(frame: unknown): void;
  /** Ids of stored messages in the order of arrival. */
  ids(): number[];
  /** The first event of the kind, from index `from` of `events` on, that `fits`. */
  heard<Type extends Told['type']>(type: Type, fits?: (event: Of<Type>) => boolean, from?: number): Promise<Of<Type>>;
  close(): Promise<void>;
}

/** Resolves when the connection is open. */
export async function listen(): Promise<Listener> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`);
  const frames: string[] = [];
  const events: Told[] = [];
  socket.on('message', (data) => {
    frames.push(String(data));
    events.push(...[JSON.parse(String(data)) as Told | Told[]].flat());
  });
  let code: number | undefined;
  socket.once('close', (its) => (code = its));
  const closed = once(socket, 'close').then(([its]) => its as number);
  await once(socket, 'open');
  return {
    socket,
    frames,
    events,
    closed,
    say: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    ids: () => events.flatMap((event) => (event.type === 'stored' ? [event.id] : [])),
    heard: <Type extends Told['type']>(type: Type, fits: (event: Of<Type>) => boolean = () => true, from = 0) =>
      eventually(() => {
        const found = events.slice(from).find((event): event is Of<Type> => event.type === type && fits(event as Of<Type>));
        if (!found && code !== undefined) throw new Error(`the connection was closed with ${code}`);
        return found;
      }),
    async close() {
      socket.close();
      await closed;
    },
  };
}

/** Runs with that many listeners, and ends them, whatever happens. */
export async function listening<Result>(count: number, work: (...listeners: Listener[]) => Promise<Result>): Promise<Result> {
  const listeners = await Promise.all(Array.from({ length: count }, listen));
  try {
    return await work(...listeners);
  } finally {
    await Promise.all(listeners.map((listener) => listener.close()));
  }
}

export const about =
  (key: string) =>
  (event: Received | Stored): boolean =>
    event.key === key;

/** Once a message was told as it happened, the listeners are past what they are told at the beginning. */
export async function goLive(...listeners: readonly Listener[]): Promise<void> {
  const key = await sent('["live"]', newChannel());
  await Promise.all(listeners.map((listener) => listener.heard('stored', about(key))));
}

/** Sends one message, and waits until the listener was told all up to it, of its channel at least. Gives its id. */
export async function caughtUp(listener: Listener, channel = newChannel()): Promise<number> {
  const { id } = await listener.heard('stored', about(await sent('["caught up"]', channel)));
  return id as number;
}

/** The id of a new message that listeners were told of: who comes now hears of what is up to it by asking only. */
export const lastTold = () => listening(1, (listener) => caughtUp(listener));
