import * as z from 'zod';
import { lambda } from '../shared/aws.ts';
import { resilientRedis } from '../shared/cache.ts';
import { env } from '../shared/env.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { log } from '../shared/logging.ts';
import { storedCounts } from '../shared/metrics/store.ts';
import { collectors } from './collectors.ts';
import { EXPOSITION_TYPE, metricsRoutes } from './routes.ts';
import { metricsService } from './service.ts';

const CACHE_DEADLINE_MS = 500;

const withCache = resilientRedis(CACHE_DEADLINE_MS);
const scrape = metricsService({
  counts: () => storedCounts(withCache),
  collectors: collectors(lambda(), z.record(z.string(), z.string()).parse(JSON.parse(env('COLLECTORS')))),
  onFailure: (collector, error) => log.warn(`${collector} does not tell its gauges`, error as Error),
});

export const handler = httpHandler(metricsRoutes, {
  scrape: async () => ({
    statusCode: 200,
    headers: { 'content-type': EXPOSITION_TYPE, 'cache-control': 'no-store' },
    body: await scrape(),
  }),
});
