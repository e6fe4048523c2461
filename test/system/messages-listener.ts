// A client of the WebSocket: remembers what it was told, so that a test can wait for it.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';
import { url } from './application.ts';

export interface Happened {
  readonly type: 'received' | 'stored';
  readonly id?: number;
  readonly key: string;
  readonly channel: string;
  readonly message: unknown;
  readonly truncated?: true;
  readonly href?: string;
  readonly at: string;
  readonly requestId: string;
}

export type Told =
  | Happened
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
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  return {
    socket,
    frames,
    events,
    closed,
    say: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    ids: () => events.flatMap((event) => (event.type === 'stored' ? [event.id as number] : [])),
    heard: <Type extends Told['type']>(type: Type, fits: (event: Of<Type>) => boolean = () => true, from = 0) =>
      eventually(() => events.slice(from).find((event): event is Of<Type> => event.type === type && fits(event as Of<Type>))),
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
  (event: Happened): boolean =>
    event.key === key;
