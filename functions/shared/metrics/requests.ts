// Counts what this environment answers, for `/metrics`. A function without REDIS_URL keeps nothing.
import { randomUUID } from 'node:crypto';
import { resilientRedis } from '../cache.ts';
import type { Series } from './counts.ts';
import { recorder } from './recorder.ts';
import { batchStore } from './store.ts';

const DEADLINE_MS = 50;

/** Resolves when the caller need not wait any longer; never rejects. */
export type CountRequest = (request: Omit<Series, 'service'>, seconds: number) => Promise<void> | undefined;

function ofThisEnvironment(): CountRequest {
  const { REDIS_URL, POWERTOOLS_SERVICE_NAME = '' } = process.env;
  if (!REDIS_URL) return () => undefined;
  // `stock/api` → stock
  const service = POWERTOOLS_SERVICE_NAME.split('/')[0] ?? '';
  const record = recorder(batchStore(resilientRedis(DEADLINE_MS), randomUUID()));
  return (request, seconds) => record({ service, ...request }, seconds);
}

export const countRequest = ofThisEnvironment();
