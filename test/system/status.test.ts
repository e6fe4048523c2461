// `GET /status` and `GET /healthz`: what dashboards and load balancers of earlier versions read.
import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { JSON_TYPE, said, send } from './application.ts';

test.each(['/status', '/status/'])('%s names the three layers, in this order, and nothing else', async (path) => {
  expect(await said(send(path))).toEqual({ status: 200, type: JSON_TYPE, body: '{"Database":true,"Cache":true,"Messaging":true}' });
});

test.each(['/healthz', '/healthz/'])('%s says that the application works', async (path) => {
  expect(await said(send(path))).toEqual({ status: 200, type: JSON_TYPE, body: '{"status":"working"}' });
});

test('query parameters change nothing', async () => {
  expect(await said(send('/status?verbose=1&a=b'))).toMatchObject({ status: 200 });
  expect(await said(send('/healthz?verbose=1'))).toMatchObject({ status: 200 });
});

describe('reports are shared', () => {
  test('a storm of probes is answered whole, and the layers are asked a few times at most', async () => {
    // Environments that are only starting have no time for the layers' deadlines, here as on AWS.
    await Promise.all(Array.from({ length: 200 }, () => send('/healthz')));
    const began = performance.now();
    const storm = await Promise.all(Array.from({ length: 200 }, () => send('/status/ready')));
    const seconds = Math.ceil((performance.now() - began) / 1000);

    expect(storm.map(({ status }) => status)).toEqual(Array(200).fill(200));
    // The time in a report is when the layers were asked: once a second by each environment.
    expect(new Set(await Promise.all(storm.map(askedAt))).size).toBeLessThan(20 * seconds);
  });

  test('a report is at most a second old, and then the layers are asked again', async () => {
    const ages: number[] = [];
    const first = await askedAt(await send('/status/ready'));

    const next = await eventually(async () => {
      const answer = await send('/status/ready');
      const asked = await askedAt(answer);
      // Whole seconds, rounded down: an age by it is never more than the real one.
      ages.push(Date.parse(answer.headers.get('date') ?? '') - asked);
      return asked !== first && asked;
    });

    expect(Math.max(...ages)).toBeLessThanOrEqual(1_000);
    expect(next).toBeGreaterThan(first);
  });
});

async function askedAt(answer: Response): Promise<number> {
  const { checks } = (await answer.json()) as { checks: Record<string, { time: string }[]> };
  return Date.parse(checks['database:responseTime']?.[0]?.time ?? '');
}
