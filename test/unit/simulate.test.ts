// The simulations behind docs/scale.md obey what is known of all queues.
import { expect, test } from 'vitest';
import { simulateBurst } from '../../bench/simulate/connections.ts';
import { waitingShare, waitMs } from '../../bench/simulate/erlang.ts';
import { simulateFanOut } from '../../bench/simulate/fan-out.ts';
import { simulatePictures } from '../../bench/simulate/pictures.ts';
import { onAws } from '../../bench/simulate/platforms.ts';
import { simulateQueue } from '../../bench/simulate/queue.ts';
import { SOLVED } from '../../bench/simulate/tables.ts';
import { timeline } from '../../bench/simulate/timeline.ts';

const burst = { connections: 30, proxy: false, perSecond: 300, seconds: 2 };
const light = { listeners: 20, perSecond: 20, seconds: 5 };
const pictures = {
  pictures: 500,
  perSecond: 100,
  transport: { kind: 'kafka', partitions: 4, minimumPollers: 1, maximumPollers: 4 },
} as const;

test('events happen in the order of their times, and those of one time as they were planned', () => {
  const time = timeline();
  const seen: string[] = [];
  for (const [ms, name] of [
    [5, 'c'],
    [1, 'a'],
    [5, 'd'],
    [3, 'b'],
    [9, 'f'],
  ] as const)
    time.after(ms, () => {
      seen.push(`${name}${time.now}`);
      if (name === 'b') time.after(4, () => seen.push(`e${time.now}`));
    });
  time.run();
  expect(seen).toEqual(['a1', 'b3', 'c5', 'd5', 'e7', 'f9']);
});

test.each([
  ['a burst against connections', (seed: number) => simulateBurst(burst, seed)],
  ['a burst of pictures', (seed: number) => simulatePictures(pictures, seed)],
  ['the live stream', (seed: number) => simulateFanOut(onAws(20), light, seed)],
])('%s is the same for the same seed, and another for another', (_, simulate) => {
  expect(simulate(7)).toEqual(simulate(7));
  expect(simulate(8)).not.toEqual(simulate(7));
});

test("Erlang's C formula gives values that can be worked out by hand", () => {
  // One server: the share that waits is its load. Two servers, load 1: C = 1/3, so 10 ms of service wait 10/3 ms.
  expect(waitingShare(0.9, 1)).toBeCloseTo(0.9, 10);
  expect(waitingShare(1, 2)).toBeCloseTo(1 / 3, 10);
  expect(waitMs(100, 10, 2)).toBeCloseTo(10 / 3, 10);
});

test.each(SOLVED)("%d/s of %d ms before %d servers wait as Erlang's formula says, and are as many as Little's law says", (...queue) => {
  const result = simulateQueue(...queue, 600, 1);
  const expected = waitMs(...queue);
  expect(Math.abs(result.waitMs - expected) / expected).toBeLessThan(0.1);
  const present = ((result.arrived / result.seconds) * result.stayMs) / 1000;
  expect(Math.abs(result.present - present) / present).toBeLessThan(0.01);
  expect(result.arrived).toBe(result.served + result.left);
});

test.each([false, true])('every request of a burst is served or refused, with a proxy: %s', (proxy) => {
  const { arrived, served, refused, unfinished, withoutConnection } = simulateBurst({ ...burst, proxy }, 1);
  expect(arrived).toBeGreaterThan(500);
  expect(served + refused).toBe(arrived);
  expect(unfinished).toBe(0);
  expect(withoutConnection > 0).toBe(!proxy);
});

test('busy environments without a burst are as many as rate times duration', () => {
  // 100/s of 4 ms + 0.21 ms + 1.9 ms are 0.6 at once: a few ready environments never leave one waiting for a start.
  const { environments, p99 } = simulateBurst({ connections: 85, proxy: false, perSecond: 100, seconds: 10, ready: 10 }, 1);
  expect(environments).toBe(10);
  expect(p99).toBeLessThan(50);
});

test.each([pictures.transport, { kind: 'sqs', maxConcurrency: 4 } as const])(
  'every picture is done, and no more side by side than %o lets',
  (transport) => {
    const result = simulatePictures({ ...pictures, transport }, 1);
    expect(result.done).toBe(result.arrived);
    expect(result.arrived).toBe(500);
    expect(result.environments).toBe(4);
  },
);

test('every message is told, once to every listener', () => {
  const { arrived, toldOf, refused, waiting, posts, eventsAFrame } = simulateFanOut(onAws(20), { ...light, quietSeconds: 5 }, 1);
  expect(arrived).toBeGreaterThan(50);
  expect(toldOf).toBe(arrived);
  expect([refused, waiting]).toEqual([0, 0]);
  // A receipt and a storage for each.
  expect(Math.round(posts * eventsAFrame)).toBe(2 * arrived * light.listeners);
});

test('what the inbox has no room for is refused, and the rest is told', () => {
  const { arrived, refused, toldOf, waiting } = simulateFanOut(
    { ...onAws(20), sendsPerSecond: 10 },
    { listeners: 1, perSecond: 50, seconds: 5, quietSeconds: 20 },
    1,
  );
  // The bucket's ten, ten a second for five seconds, and one in between.
  expect(arrived - refused).toBeGreaterThanOrEqual(55);
  expect(arrived - refused).toBeLessThanOrEqual(61);
  expect(toldOf + waiting).toBe(arrived - refused);
  expect(waiting).toBe(0);
});

test('a proxy has nine tenths of the connections', () => {
  // 9 connections do 4,300 statements a second, 10 do 4,800: at 6,000/s one more is seen.
  const behind = (connections: number) => simulateBurst({ connections, proxy: true, perSecond: 6_000, seconds: 1 }, 1);
  // Of 10 and 11 these are 9, of 12 they are 10.
  expect(behind(11)).toEqual(behind(10));
  expect(behind(12)).not.toEqual(behind(11));
});

test('who gets no connection of a proxy is refused after a while, and nobody is left waiting', () => {
  const { arrived, served, refused, unfinished, withoutConnection } = simulateBurst({ ...burst, connections: 1, proxy: true }, 1);
  expect([served, refused, unfinished]).toEqual([0, arrived, 0]);
  expect(withoutConnection).toBeGreaterThan(0);
});
