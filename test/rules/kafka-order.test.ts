import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { soon } from './event-sink.ts';
import { type KafkaFixture, kafkaFixture, recordsOf, valuesOf } from './kafka-fixture.ts';

vi.setConfig({ testTimeout: 30_000 });

let kafka: KafkaFixture;
beforeAll(async () => {
  kafka = await kafkaFixture();
}, 60_000);
beforeEach(() => {
  kafka.sink.answer = () => undefined;
});
afterAll(() => kafka.stop());

test('K3: a failing batch is tried again as a whole until it succeeds, and only then committed', async () => {
  const topic = await kafka.topic();
  let failures = 3;
  kafka.sink.answer = () => {
    if (failures-- > 0) throw new Error('not yet');
  };
  await kafka.send([
    { topic, value: 'a' },
    { topic, value: 'b' },
  ]);
  const mapping = await kafka.map(topic);
  await kafka.sink.until((events) => recordsOf(events, topic).length === 4);
  expect(await kafka.committed(mapping.ref, topic)).toBe(0n);
  await expect.poll(() => kafka.committed(mapping.ref, topic), soon).toBe(2n);
  expect(valuesOf(kafka.sink.events, topic)).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
  expect(mapping.stats()).toMatchObject({ processed: 2, failed: 6, inFlight: 0 });
});

test('K3: a partition has one batch in flight, another partition is not held by it', async () => {
  const topic = await kafka.topic(2);
  const held = Promise.withResolvers<void>();
  kafka.sink.answer = (event) => (valuesOf([event], topic)[0] === 'held' ? held.promise : undefined);
  await kafka.send([
    { topic, value: 'held' },
    { topic, value: 'behind' },
    ...['1', '2', '3'].map((value) => ({ topic, partition: 1, value })),
  ]);
  await kafka.map(topic, { BatchSize: 1 });
  await kafka.sink.until((events) => valuesOf(events, topic).includes('3'));
  expect(valuesOf(kafka.sink.events, topic)).not.toContain('behind');
  held.resolve();
  await kafka.sink.until((events) => valuesOf(events, topic).includes('behind'));
  expect(valuesOf(kafka.sink.events, topic).filter((value) => /\d/.test(value))).toEqual(['1', '2', '3']);
});

test('K3: stopping waits for the batch in flight and commits it', async () => {
  const topic = await kafka.topic();
  const held = Promise.withResolvers<void>();
  kafka.sink.answer = () => held.promise;
  await kafka.send([{ topic, value: 'a' }]);
  const mapping = await kafka.map(topic);
  await kafka.sink.until((events) => recordsOf(events, topic).length === 1);
  let stopped = false;
  const stopping = mapping.stop?.().then(() => {
    stopped = true;
  });
  expect([await kafka.committed(mapping.ref, topic), stopped]).toEqual([0n, false]);
  held.resolve();
  await stopping;
  expect(await kafka.committed(mapping.ref, topic)).toBe(1n);
});

test('K7: reading goes on after a broker that did not answer', { timeout: 60_000 }, async () => {
  const topic = await kafka.topic();
  const mapping = await kafka.map(topic);
  await kafka.send([{ topic, value: 'before' }]);
  await kafka.sink.until((events) => valuesOf(events, topic).includes('before'));
  const { pid } = await kafka.host.host.backends.kafka();
  if (!pid) throw new Error('This test hangs the broker, so it needs one of its own: unset KAFKA_BROKERS.');
  process.kill(pid, 'SIGSTOP');
  await expect.poll(() => mapping.stats().lastError, { timeout: 30_000 }).toBeDefined();
  process.kill(pid, 'SIGCONT');
  await kafka.send([{ topic, value: 'after' }]);
  await kafka.sink.until((events) => valuesOf(events, topic).includes('after'));
  expect(valuesOf(kafka.sink.events, topic)).toEqual(['before', 'after']);
});

test('K7: a function that may run above 14 minutes is refused', async () => {
  const slow = await kafkaFixture({ Timeout: 841 });
  await expect(slow.map('any')).rejects.toThrow('above the 14 minutes');
  await slow.stop();
});
