// `{"action":"resume","after":n}`: every stored message after n, then what is stored from now on, without a gap and without a duplicate.
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { idsOf, list, newChannel, range, sent, spans, stored } from './messages-client.ts';
import { about, caughtUp, type Listener, lastTold, listen, listening } from './messages-listener.ts';

/** As many new messages, stored and told: what is told is as far as a resume reaches. Gives the last id. */
async function messages(count: number): Promise<number> {
  const channel = newChannel();
  await Promise.all(range(1, count).map((n) => sent(`[${n}]`, channel)));
  await stored(channel, count);
  return lastTold();
}

test('after 0 is everything that there is', { timeout: 90_000 }, async () => {
  const last = await messages(5);
  await listening(1, async (listener) => {
    listener.say({ action: 'resume', after: 0 });
    const resumed = await eventually(() => listener.events.find(({ type }) => type === 'resumed'), 60_000);

    expect(resumed).toEqual({ type: 'resumed', after: 0, through: last });
    expect(spans(idsOf(await list()))).toBe(`1-${last}`);
    expect(spans(listener.ids())).toBe(`1-${last}`);
    expect(await caughtUp(listener)).toBe(last + 1);
    expect(spans(listener.ids())).toBe(`1-${last + 1}`);
  });
});

test.each([1, 7, 200, 201, 450])('after the %ith message from the end is as many', async (count) => {
  const last = await messages(count);
  await listening(1, async (listener) => {
    listener.say({ action: 'resume', after: last - count });

    expect(await listener.heard('resumed')).toEqual({ type: 'resumed', after: last - count, through: last });
    expect(spans(listener.ids())).toBe(spans(range(last - count + 1, last)));
    expect(listener.events.findIndex(({ type }) => type === 'resumed')).toBe(count);
    expect(await caughtUp(listener)).toBe(last + 1);
    expect(spans(listener.ids())).toBe(`${last - count + 1}-${last + 1}`);
  });
});

test.each([
  ['the last', 0],
  ['what there is not yet', 1_000_000],
])('after %s is what is stored from now on', async (_, beyond) => {
  const last = await lastTold();
  await listening(1, async (listener) => {
    listener.say({ action: 'resume', after: last + beyond });

    expect(await listener.heard('resumed')).toEqual({ type: 'resumed', after: last + beyond, through: last });
    expect(await caughtUp(listener)).toBe(last + 1);
    expect(listener.ids()).toEqual([last + 1]);
  });
});

test('tells the same as was told live', () =>
  listening(1, async (live) => {
    await caughtUp(live);
    const channel = newChannel();
    const text = `{"n":12345678901234567890,"s":"\\ud800","big":"${'x'.repeat(20_000)}"}`;
    const key = await sent(text, channel, { 'x-request-id': 'told-twice' });
    const large = await sent(`["${'x'.repeat(50_000)}"]`, channel);
    const event = await live.heard('stored', about(key));
    const largeEvent = await live.heard('stored', about(large));

    await listening(1, async (later) => {
      later.say({ action: 'resume', after: Number(event.id) - 1 });
      await later.heard('resumed');
      expect(await later.heard('stored', about(key))).toEqual(event);
      expect(await later.heard('stored', about(large))).toEqual(largeEvent);
      expect(later.frames.join()).toContain(`"message":${text},"at":`);
      for (const frame of later.frames) expect(Buffer.byteLength(frame)).toBeLessThan(32 * 1024);
    });
  }));

test('while messages come in leaves none out and tells none twice', { timeout: 90_000 }, async () => {
  const began = await messages(300);
  const channel = newChannel();
  const listeners: Listener[] = [];
  let sending = true;
  // Each sends its next message when its last one was told: as fast as the system is, and not faster.
  const pacer = await listen();
  const stream = Array.from({ length: 12 }, async () => {
    while (sending) await pacer.heard('stored', about(await sent('["stream"]', channel)));
  });
  try {
    const afters = range(0, 11).map((n) => began - 25 * n);
    for (const after of afters) {
      const listener = await listen();
      listeners.push(listener);
      listener.say({ action: 'resume', after });
      // The next comes while the history of this one is told, or when it just was.
      if (after % 2) await listener.heard('resumed');
      else await listener.heard('stored');
    }
    await Promise.all(listeners.map((listener) => listener.heard('resumed')));
    sending = false;
    await Promise.all(stream);
    const lasts = await Promise.all(listeners.map((listener) => caughtUp(listener, channel)));
    const last = Math.max(...lasts);
    for (const [index, listener] of listeners.entries()) {
      const first = (afters[index] as number) + 1;
      await eventually(() => (listener.ids().at(-1) ?? 0) >= last);
      // What was told as it happened before the frame was read is told again.
      const ids = listener.ids();
      expect(spans(ids.slice(ids.lastIndexOf(first)))).toBe(`${first}-${last}`);
    }
    expect(last - began).toBeGreaterThan(50);
  } finally {
    sending = false;
    await Promise.all(stream);
    await Promise.all([pacer, ...listeners].map((listener) => listener.close()));
  }
});

test('on a connection that is live tells the history again, and then goes on', () =>
  listening(1, async (listener) => {
    await messages(10);
    const last = await caughtUp(listener);
    for (const count of [3, 8, 0]) {
      const from = listener.events.length;
      const told = listener.ids().length;
      listener.say({ action: 'resume', after: last - count });
      await listener.heard('resumed', () => true, from);
      expect(spans(listener.ids().slice(told))).toBe(spans(range(last - count + 1, last)));
    }
    const told = listener.ids().length;

    expect(await caughtUp(listener)).toBe(last + 1);
    expect(listener.ids().slice(told)).toEqual([last + 1]);
  }));

test('again while the history is told ends with the second one told whole', async () => {
  const last = await messages(500);
  await listening(1, async (listener) => {
    listener.say({ action: 'resume', after: last - 450 });
    await listener.heard('stored');
    listener.say({ action: 'resume', after: last - 400 });
    await listener.heard('resumed', ({ after }) => after === last - 400);
    const next = await caughtUp(listener);

    const ids = listener.ids();
    expect(spans(ids.slice(-401))).toBe(`${last - 399}-${next}`);
  });
});
