// Sends numbered messages to a channel of its own, one after the other, and remembers what was promised.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../support/chance.ts';

export interface Promised {
  /** `message-id` of the answer. */
  readonly key: string;
  readonly channel: string;
  readonly number: number;
}

const TIMEOUT_MS = 10_000;
const AGAIN_MS = 100;

export interface Sending {
  readonly url: () => string;
  readonly channel: string;
  readonly random: Chance;
  readonly goesOn: () => boolean;
  readonly promised: (promise: Promised) => void;
}

/** Half of the messages have an Idempotency-Key and are sent until the answer comes; the others once, whatever comes. */
export async function send({ url, channel, random, goesOn, promised }: Sending): Promise<void> {
  for (let number = 0; goesOn(); number++) {
    const key = random.below(2) === 0 ? randomUUID() : undefined;
    do {
      const id = await post(url(), channel, number, key);
      if (id !== undefined) {
        promised({ key: id, channel, number });
        break;
      }
      await pause(random.below(AGAIN_MS));
    } while (key !== undefined);
  }
}

/** Undefined where there was no 200. */
async function post(url: string, channel: string, number: number, key: string | undefined): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/endpoint/?channel=${channel}`, {
      method: 'POST',
      body: JSON.stringify({ channel, number }),
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.arrayBuffer();
    return answer.status === 200 ? (answer.headers.get('message-id') ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}
