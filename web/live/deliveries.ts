// The messages that are shown: those on their way first, then the stored ones, newest first. Bounded, whatever comes.
import type { Stored, Told } from './frame.ts';

export interface Delivery extends Told {
  /** Missing while it is not stored. */
  readonly id?: number;
  /** Milliseconds from its receipt by the server until this page was told; missing where this page was not there. */
  readonly receivedAfter?: number;
  readonly storedAfter?: number;
}

const KEPT = 500;
/** Of those on their way: when the database is away they are many. */
const ON_THEIR_WAY = 200;

export function deliveries() {
  const onTheirWay = new Map<string, Delivery>();
  const stored = new Map<string, Delivery>();

  return {
    /** @param now milliseconds since 1970 */
    received(message: Told, now: number): void {
      const receivedAfter = now - message.at;
      const known = stored.get(message.key);
      if (known) stored.set(message.key, { ...known, receivedAfter });
      else if (!onTheirWay.has(message.key)) keep(onTheirWay, { ...message, receivedAfter }, ON_THEIR_WAY);
    },

    stored(message: Stored, now: number, isLive: boolean): Delivery {
      const before = onTheirWay.get(message.key);
      onTheirWay.delete(message.key);
      const delivery: Delivery = { ...before, ...message, ...(isLive ? { storedAfter: now - message.at } : {}) };
      keep(stored, delivery, KEPT);
      return delivery;
    },

    list: (): readonly Delivery[] => [...newestFirst(onTheirWay), ...newestFirst(stored)].slice(0, KEPT),
    find: (key: string): Delivery | undefined => stored.get(key) ?? onTheirWay.get(key),

    clear(): void {
      onTheirWay.clear();
      stored.clear();
    },
  };
}

function keep(all: Map<string, Delivery>, delivery: Delivery, count: number): void {
  all.set(delivery.key, delivery);
  for (const oldest of all.keys()) {
    if (all.size <= count) break;
    all.delete(oldest);
  }
}

const newestFirst = (all: Map<string, Delivery>) => [...all.values()].reverse();
