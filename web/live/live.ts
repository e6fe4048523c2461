// All that the page knows: the connection, who follows the stream over it, the messages and their latency. No document, no window.
import { type ConnectionState, connection, type Socket } from './connection.ts';
import { type Delivery, deliveries } from './deliveries.ts';
import { type Channels, follower } from './follower.ts';
import type { Event } from './frame.ts';
import { type Measured, measurements } from './measurements.ts';

export interface LiveOptions {
  readonly connect: () => Socket;
  readonly random: () => number;
  /** Id that an earlier visit of this tab had reached. */
  readonly reached: number | undefined;
  readonly channels: Channels;
  readonly onChange: () => void;
}

export interface View {
  readonly state: ConnectionState;
  readonly rows: readonly Delivery[];
  readonly measured: Measured;
  /** Messages that this visit was told of as stored. */
  readonly count: number;
  readonly skipped: number;
  /** What the server complained about. */
  readonly complaint: string | undefined;
}

/** A connection that was silent for longer is asked whether it still lives, when somebody looks at it again. */
const SILENT_MS = 30_000;

export function live({ connect, random, reached, channels, onChange }: LiveOptions) {
  const rows = deliveries();
  const measured = measurements();
  let count = 0;
  let skipped = 0;
  let complaint: string | undefined;
  let heardAt = Date.now();

  const following = follower({
    reached,
    channels,
    send: (frame) => link.send(frame),
    onReceived: (message) => {
      rows.received(message, Date.now());
      measured.received(Date.now() - message.at);
    },
    onStored: (message, isLive) => {
      rows.stored(message, Date.now(), isLive);
      count++;
      if (isLive) measured.stored(Date.now() - message.at, Date.now());
    },
    onAnew: () => {
      rows.clear();
      skipped = 0;
    },
    onSkipped: (messages) => {
      skipped += messages;
    },
  });

  const take = (event: Event): void => {
    heardAt = Date.now();
    complaint = event.type === 'error' ? event.words : event.type === 'resumed' ? undefined : complaint;
    following.take(event);
  };
  const link = connection({ connect, random, follower: { ...following, take }, onChange });
  link.begin();

  return {
    view: (): View => ({ state: link.state(), rows: rows.list(), measured: measured.summary(Date.now()), count, skipped, complaint }),
    find: rows.find,
    reached: following.reached,
    tryNow: link.tryNow,
    offline: link.offline,
    end: link.end,

    narrow(to: Channels): void {
      following.narrow(to, link.isOpen());
      if (link.isOpen()) link.expectAnswer();
      onChange();
    },

    /** Somebody looks at the page again, perhaps after the machine had slept. */
    lookedAt(): void {
      link.tryNow();
      if (!link.isOpen() || Date.now() - heardAt < SILENT_MS) return;
      following.check();
      link.expectAnswer();
    },
  };
}
