// Operators' view of queues and topics: what waits, what was done, and the way back for dead letters.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { base64, picture } from '../support/pictures.ts';
import { JSON_TYPE, said, send, sendWithKey } from './application.ts';
import { order } from './pictures-client.ts';

interface Report {
  readonly queues: readonly Record<string, unknown>[];
  readonly tasks: readonly Record<string, unknown>[];
  readonly problems: readonly string[];
  readonly observedAt: string;
}

async function report(): Promise<Report> {
  const answer = await send('/api/workers');
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status: 200, type: JSON_TYPE });
  expect(answer.headers.get('x-request-id')).toBeTruthy();
  return (await answer.json()) as Report;
}
const replay = (queue: string) => sendWithKey(`/api/workers/${queue}/replay`, { method: 'POST' });

/** A number that is not negative, or null for what cannot be read. */
const measure = expect.toSatisfy((value) => value === null || (typeof value === 'number' && value >= 0), 'a number or null');

describe('GET /api/workers', () => {
  test('tells of every queue and topic, and who works on it', async () => {
    const { queues, problems, observedAt } = await report();

    expect(queues.map(({ name }) => name)).toContain('picture-jobs');
    for (const queue of queues) {
      expect(queue).toEqual({
        name: expect.stringMatching(/^[a-z-]+$/),
        kind: expect.stringMatching(/^(queue|topic)$/),
        description: expect.any(String),
        waiting: measure,
        inFlight: measure,
        oldestAgeSeconds: measure,
        processedPerSecond: measure,
        failures: measure,
        deadLetters: measure,
        consumers: [expect.any(String)],
      });
    }
    expect(problems).toEqual([]);
    expect(Math.abs(Date.now() - Date.parse(observedAt))).toBeLessThan(60_000);
  });

  test('is the same with a slash at the end', async () => {
    expect((await send('/api/workers/')).status).toBe(200);
  });

  test('shows a task that was just done, under the request that caused it, and counts it', async () => {
    const requestId = `workers-${randomUUID()}`;
    const image = base64(await picture(40, 30));
    expect((await order({ image, width: 20, height: 10 }, { 'x-request-id': requestId })).status).toBe(201);

    const { task, queue } = await eventually(async () => {
      const { tasks, queues } = await report();
      const found = tasks.find((each) => each.requestId === requestId);
      const counted = queues.find(({ name, processedPerSecond }) => name === 'picture-jobs' && Number(processedPerSecond) > 0);
      return found && counted && { task: found, queue: counted };
    });
    expect(task).toEqual({
      id: expect.any(String),
      queue: 'picture-jobs',
      function: expect.stringContaining('pictures-consumer'),
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      durationMs: expect.any(Number),
      outcome: 'done',
      error: null,
      requestId,
    });
    expect(queue.consumers).toEqual([task.function]);
  });

  test('lists the latest tasks first, at most a hundred', async () => {
    const { tasks } = await report();

    const times = tasks.map(({ startedAt }) => String(startedAt));
    expect(times.length).toBeLessThanOrEqual(100);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('is observed once for all who ask at the same time', async () => {
    const reports = await Promise.all(Array.from({ length: 20 }, report));

    expect(new Set(reports.map(({ observedAt }) => observedAt)).size).toBeLessThanOrEqual(2);
  });
});

describe('POST /api/workers/{queue}/replay', () => {
  test('tells what was moved and what is left, for every queue, also where there is nothing to move', async () => {
    const { queues } = await report();
    for (const { name } of queues) {
      const answer = await replay(String(name));
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ queue: name, moved: expect.any(Number), left: expect.any(Number) });
    }
  });

  test('of an unknown queue is 404', async () => {
    for (const name of ['nothing', '%20', 'picture-jobs%2F..', 'toString'])
      expect(await said(replay(name)), name).toEqual({ status: 404, type: JSON_TYPE, body: '{"message":"not found"}' });
  });

  test('of a name that none can have is 400', async () => {
    expect((await replay('a'.repeat(81))).status).toBe(400);
  });

  test('needs the key', async () => {
    for (const headers of [{}, { 'x-api-key': 'wrong' }])
      expect((await send('/api/workers/picture-jobs/replay', { method: 'POST', headers })).status).toBe(403);
  });

  test('is not there for other methods', async () => {
    expect(await said(sendWithKey('/api/workers/picture-jobs/replay'))).toEqual({
      status: 404,
      type: JSON_TYPE,
      body: '{"message":"not found"}',
    });
  });
});
