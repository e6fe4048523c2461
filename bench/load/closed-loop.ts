// As many at once as wrk has clients, each with the next piece of work when its last is done.

import { percentile } from '../statistics.ts';
import { CLIENTS, type Load } from './wrk.ts';

const WARM_UP_SECONDS = 1;

export async function closedLoop(seconds: number, work: () => Promise<unknown>): Promise<Load> {
  const warmUp = await loop(WARM_UP_SECONDS, work);
  const began = performance.now();
  const latencies = await loop(seconds, work);
  const took = (performance.now() - began) / 1000;
  const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((q) => percentile(latencies, q));
  return { answers: latencies.length, seconds: took, p50, p95, p99, done: warmUp.length + latencies.length };
}

async function loop(seconds: number, work: () => Promise<unknown>): Promise<number[]> {
  const until = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  const client = async () => {
    while (performance.now() < until) {
      const began = performance.now();
      await work();
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return latencies;
}
