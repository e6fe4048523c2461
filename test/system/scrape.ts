// A Prometheus of our own: scrapes, and compares two scrapes.
import { expect } from 'vitest';
import { type Labels, type RequestCount, requestCount, type Sample, samplesOf } from '../support/exposition.ts';
import { send } from './application.ts';

export async function scrape(): Promise<Sample[]> {
  const answer = await send('/metrics');
  expect(answer.status).toBe(200);
  return samplesOf(await answer.text());
}

export const series = (service: string, method: string, route: string, status: number): Labels => ({
  service,
  method,
  route,
  status: String(status),
});

export const counted = async (labels: Labels): Promise<RequestCount> => requestCount(await scrape(), labels);

export const more = ({ requests, inBuckets, count }: RequestCount, by: number): RequestCount => ({
  requests: requests + by,
  inBuckets: inBuckets + by,
  count: count + by,
});
