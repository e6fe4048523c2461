// What systems tell of their state: counts of a table, which cost little however often they are asked for, and queues.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sagaGauges } from '../../functions/orders/gauges.ts';
import { pictureGauges } from '../../functions/pictures/gauges.ts';
import { byState, sparing } from '../../functions/shared/metrics/gauges.ts';
import { queueGauges } from '../../functions/workers/gauges.ts';
import { type SagaFixture, sagaFixture } from './saga-fixture.ts';

describe('a count that is asked for often', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });
  /** Counts its calls, taking 100 ms each time. */
  const slow = () => {
    let calls = 0;
    return sparing(async () => {
      await vi.advanceTimersByTimeAsync(100);
      return ++calls;
    });
  };

  it('is made once for all who ask at the same time', async () => {
    const counted = slow();
    expect(await Promise.all([counted(), counted(), counted()])).toEqual([1, 1, 1]);
  });

  it('is kept for twenty times as long as it took, and then made again', async () => {
    const counted = slow();
    expect(await counted()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(await counted()).toBe(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(await counted()).toBe(2);
  });

  it('is made again after a failure', async () => {
    const answers = [() => Promise.reject(new Error('away')), async () => 5];
    const counted = sparing<number>(() => (answers.shift() ?? (async () => 0))());
    await expect(counted()).rejects.toThrow('away');
    expect(await counted()).toBe(5);
  });
});

it('a state that nothing is in is 0', () => {
  expect(byState(['on', 'off'], { on: 2 })).toEqual([
    { labels: { state: 'on' }, value: 2 },
    { labels: { state: 'off' }, value: 0 },
  ]);
});

it('pictures are told by state', async () => {
  const [gauge] = await pictureGauges({ countByState: async () => ({ done: 3 }) })();
  expect(gauge).toMatchObject({ name: 'pictures', samples: byState(['queued', 'processing', 'done', 'failed'], { done: 3 }) });
});

it('queues are told by name, without what cannot be read', () => {
  const queue = { kind: 'queue' as const, description: '', processedPerSecond: 1, failures: 0, consumers: [] };
  const gauges = queueGauges({
    queues: [
      { ...queue, name: 'jobs', waiting: 4, inFlight: 1, oldestAgeSeconds: 2.5, deadLetters: 7 },
      { ...queue, name: 'records', waiting: 3, inFlight: null, oldestAgeSeconds: null, deadLetters: 0 },
    ],
    tasks: [],
    problems: [],
    observedAt: '2026-01-01T00:00:00.000Z',
  });

  const told = gauges.map(({ name, samples }) => [name, samples.map(({ labels, value }) => [labels.queue, value])]);
  expect(Object.fromEntries(told)).toEqual({
    queue_waiting_messages: [
      ['jobs', 4],
      ['records', 3],
    ],
    queue_in_flight_messages: [['jobs', 1]],
    queue_oldest_message_age_seconds: [['jobs', 2.5]],
    queue_dead_letters: [
      ['jobs', 7],
      ['records', 0],
    ],
  });
});

describe('sagas', () => {
  let on: SagaFixture;
  beforeAll(async () => {
    on = await sagaFixture();
  });
  afterAll(() => on?.stop());

  it('are counted by state in the database', async () => {
    await on.only('a', 'b', 'c', 'd');
    await on.begun('a');
    await on.sagas.complete(await on.begun('b'));
    await on.compensating('c');
    await on.compensating('d');

    const [gauge] = await sagaGauges(on.sagas)();
    const states = ['running', 'compensating', 'parked', 'succeeded', 'failed'] as const;
    expect(gauge).toMatchObject({ name: 'sagas', samples: byState(states, { running: 1, succeeded: 1, compensating: 2 }) });
  });
});
