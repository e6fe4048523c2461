// Keeps a WebSocket open: comes back by itself, and says at any time how it stands. That API Gateway ends connections (after two hours, or ten silent
// minutes) is normal: the next one goes on where this one ended.
import { backoff } from './backoff.ts';
import type { Phase } from './follower.ts';
import { type Event, eventsOf } from './frame.ts';

/** What is used of a WebSocket. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export type ConnectionState =
  | { readonly is: 'connecting' }
  | { readonly is: 'catching up'; readonly done: number; readonly of: number | undefined }
  | { readonly is: 'connected' }
  /** `until`: when it tries again, in milliseconds since 1970. */
  | { readonly is: 'waiting'; readonly until: number }
  | { readonly is: 'offline' };

export interface ConnectionOptions {
  readonly connect: () => Socket;
  readonly random: () => number;
  readonly follower: { opened(): void; take(event: Event): void; phase(): Phase };
  readonly onChange: () => void;
}

/** An opening or a question that takes longer has failed: a network that is gone says nothing. */
const DEADLINE_MS = 10_000;

export function connection({ connect, random, follower, onChange }: ConnectionOptions) {
  let socket: Socket | undefined;
  let isOpen = false;
  let attempt = 0;
  let idle: ConnectionState = { is: 'connecting' };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function begin(): void {
    leave();
    idle = { is: 'connecting' };
    const opening = connect();
    socket = opening;
    expectAnswer();
    opening.onopen = () => {
      isOpen = true;
      follower.opened();
      onChange();
    };
    opening.onmessage = ({ data }) => take(data);
    opening.onclose = lost;
    onChange();
  }

  function take(frame: string): void {
    const events = eventsOf(frame);
    events.forEach(follower.take);
    const isLive = follower.phase().is === 'live';
    if (isLive) {
      attempt = 0;
      clearTimeout(timer);
    } else if (events.some(({ type }) => type === 'error')) {
      // A question that is refused would wait for its answer in vain.
      lost();
    } else expectAnswer();
    onChange();
  }

  function expectAnswer(): void {
    clearTimeout(timer);
    timer = setTimeout(lost, DEADLINE_MS);
  }

  function lost(): void {
    leave();
    const wait = backoff(attempt++, random());
    idle = { is: 'waiting', until: Date.now() + wait };
    timer = setTimeout(begin, wait);
    onChange();
  }

  /** Without waiting for the other side, which may be gone. */
  function leave(): void {
    clearTimeout(timer);
    isOpen = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    socket = undefined;
  }

  return {
    begin,
    send: (frame: object) => socket?.send(JSON.stringify(frame)),
    isOpen: () => isOpen,
    /** Something was asked: no answer in time means that the connection is dead. */
    expectAnswer,

    state(): ConnectionState {
      if (!isOpen) return idle;
      const phase = follower.phase();
      if (phase.is === 'locating') return { is: 'connecting' };
      return phase.is === 'live' ? { is: 'connected' } : phase;
    },

    /** At once, where there is a reason to believe that it works now. */
    tryNow(): void {
      if (!socket) begin();
    },

    /** The browser says that there is no network: whatever is open is dead. */
    offline(): void {
      leave();
      idle = { is: 'offline' };
      onChange();
    },

    end: leave,
  };
}
