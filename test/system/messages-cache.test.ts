// Lists come through the cache, and are never behind what a listener was told.
import { expect, test } from 'vitest';
import { repeated } from './effort.ts';
import { idsOf, lastId, list, newChannel, page, range, sent, spans } from './messages-client.ts';
import { about, type Listener, listening } from './messages-listener.ts';

/** Sends, waits for the event, and looks at once: in the list of all, of the channel, and in a page that was read just before. */
async function sendAndLook(listener: Listener, channel: string, began: number, n: number): Promise<void> {
  const before = await list(`?channel=${channel}`);
  const key = await sent(`[${n}]`, channel);
  const { id } = await listener.heard('stored', about(key));
  const [ofChannel, ofAll, next] = await Promise.all([
    list(`?channel=${channel}`),
    list(`?after=${began}`),
    page(`/endpoint/?after=${Number(id) - 1}&limit=1`),
  ]);

  expect(ofChannel).toEqual([...before, [id, [n]]]);
  expect(spans(idsOf(ofAll))).toBe(spans(range(began + 1, idsOf(ofAll).at(-1) as number)));
  expect(ofAll).toContainEqual([id, [n]]);
  expect(next.entries).toEqual([[id, [n]]]);
}

/** Eight hundred requests, one after the other. */
const TIMEOUT_MS = 90_000;

const TIMES = repeated(200);

test(`a list that is read when the storage is told has the message, ${TIMES} times`, { timeout: TIMEOUT_MS }, () =>
  listening(1, async (listener) => {
    const [channel, began] = [newChannel(), await lastId()];
    for (const n of range(1, TIMES)) await sendAndLook(listener, channel, began, n);
  }),
);

test('so it is for each of several clients at once', { timeout: TIMEOUT_MS }, () =>
  listening(4, async (...listeners) => {
    const began = await lastId();
    await Promise.all(
      listeners.map(async (listener) => {
        const channel = newChannel();
        for (const n of range(1, repeated(50))) await sendAndLook(listener, channel, began, n);
      }),
    );
  }),
);
