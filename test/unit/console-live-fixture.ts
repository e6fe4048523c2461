// A server of the live stream for the tests of the page's connection: sockets that record what is sent and say what the test wants.
import { vi } from 'vitest';
import type { Socket } from '../../web/live/connection.ts';
import { BEYOND } from '../../web/live/follower.ts';
import { live } from '../../web/live/live.ts';

export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: unknown[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  say(...events: object[]): void {
    this.onmessage?.({ data: JSON.stringify(events.length === 1 ? events[0] : events) });
  }

  /** Opens, and says where the stream's end is. */
  greet(end: number): void {
    this.onopen?.();
    this.say({ type: 'resumed', after: BEYOND, through: end });
  }
}

const about = (n: number, channel: string) => ({
  key: `key-${n}`,
  channel,
  message: { n },
  at: new Date(0).toISOString(),
  requestId: `r${n}`,
});
export const stored = (id: number, channel = 'default') => ({ type: 'stored', id, ...about(id, channel) });
export const received = (n: number, channel = 'default') => ({ type: 'received', ...about(n, channel) });
export const resumed = (after: number, through: number) => ({ type: 'resumed', after, through });
export const asksForEnd = { action: 'resume', after: BEYOND };

export const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A visit of the page. The clock stands at zero; `random` is 0.5. */
export function visit(options: { reached?: number; channels?: readonly string[]; random?: () => number } = {}) {
  vi.useFakeTimers({ now: 0 });
  const sockets: FakeSocket[] = [];
  const connect = () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  };
  const { reached, channels, random = () => 0.5 } = options;
  const page = live({ connect, random, reached, channels, onChange: () => {} });
  const socket = () => sockets.at(-1) as FakeSocket;
  /** Oldest first. */
  const ids = () =>
    page
      .view()
      .rows.flatMap(({ id }) => id ?? [])
      .reverse();
  return { page, sockets, socket, ids, state: () => page.view().state };
}
