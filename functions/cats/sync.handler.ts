// The synchroniser: called by the schedule, and for runs that were asked for.
import { randomUUID } from 'node:crypto';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { eventBridge } from '../shared/aws.ts';
import { resilientRedis } from '../shared/cache.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { log } from '../shared/logging.ts';
import { requestId } from '../shared/request-context.ts';
import { readSecret } from '../shared/secret.ts';
import { perform, task } from '../shared/task.ts';
import { publishedCache } from './published-cache.ts';
import { type Holder, runRepository } from './run-repository.ts';
import { schedule } from './schedule.ts';
import { staging } from './sync/staging.ts';
import { synchroniser } from './sync/synchronise.ts';
import { answers, chosenUpstream, UpstreamSecret } from './upstream/choice.ts';
import { upstreamClient } from './upstream/client.ts';

/** Nobody waits for this function: it can be patient with the cache. */
const CACHE_DEADLINE_MS = 1_000;

const cats = database();
const runs = runRepository(cats);
const rule = schedule(eventBridge(), env('SYNC_RULE'));
const metrics = new Metrics({ namespace: env('METRICS_NAMESPACE'), serviceName: 'cats' });
const synchronise = synchroniser({
  runs,
  staging: staging(cats),
  cache: publishedCache(resilientRedis(CACHE_DEADLINE_MS, 0)),
  choose: async (published) =>
    chosenUpstream({
      secret: await readSecret(env('UPSTREAM_SECRET'), UpstreamSecret).catch(unreadable),
      stubUrl: process.env.CAT_API_STUB_URL,
      published,
      isReachable: answers,
    }),
  connect: upstreamClient,
});

function unreadable(cause: unknown): never {
  throw new Error(`The secret ${env('UPSTREAM_SECRET')} is not {"url": "…", "key": "…"}, or cannot be read`, { cause });
}

async function go(run: Holder | undefined) {
  if (!run) return { state: 'left to another run' };
  const outcome = await synchronise(run);
  const failed = outcome.state === 'failed';
  metrics.addMetric('SyncFailed', MetricUnit.Count, failed ? 1 : 0);
  metrics.addMetric('SyncSucceeded', MetricUnit.Count, failed ? 0 : 1);
  metrics.publishStoredMetrics();
  if (failed) log.error('a run failed', { ...outcome });
  return outcome;
}

async function tick() {
  // Emulators go on firing rules that are disabled.
  if (!(await rule.isEnabled())) return { state: 'disabled' };
  const now = new Date();
  await runs.noteDue(now);
  await forgetExpired(cats, now);
  return go(await runs.begin(randomUUID(), requestId()));
}

const tasks = {
  tick: task(z.object({}), tick),
  run: task(z.object({ run: z.int() }), async ({ run }) => go(await runs.take(run, randomUUID()))),
};

export const handler = (event: object) => perform(tasks, event);
