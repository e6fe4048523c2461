// What runs on a schedule: sagas that are due are settled, the books are kept, keys that have expired are forgotten.
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import type { Database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { log } from '../shared/logging.ts';
import { task } from '../shared/task.ts';
import { audit } from './audit.ts';
import type { Participants } from './participants.ts';
import { reconcile } from './reconcile.ts';
import type { SagaRepository } from './saga-repository.ts';

export interface Dependencies {
  readonly orders: Database;
  readonly sagas: SagaRepository;
  readonly participants: Participants;
}

const Nothing = z.object({});
const MOST_PARKED = 1000;

export function upkeep({ orders, sagas, participants }: Dependencies) {
  const metrics = new Metrics({ namespace: env('METRICS_NAMESPACE'), serviceName: 'orders' });

  async function settle() {
    const outcome = await reconcile({ sagas, participants });
    metrics.addMetric('SagasSettled', MetricUnit.Count, outcome.settled);
    metrics.addMetric('SagasParked', MetricUnit.Count, (await sagas.inStates(['parked'], MOST_PARKED)).length);
    metrics.publishStoredMetrics();
    await Promise.all([forgetExpired(orders, new Date()), sagas.forgetExpiredKeys(), participants.tidy()]);
    return outcome;
  }

  async function keepBooks() {
    const report = await audit({ orders, participants });
    metrics.addMetric('AuditProblems', MetricUnit.Count, report.problems.length);
    metrics.addMetric('Revenue', MetricUnit.Count, report.spent.amount);
    metrics.publishStoredMetrics();
    if (!report.consistent) log.error('the books do not agree', { ...report });
    return report;
  }

  return { reconcile: task(Nothing, settle), audit: task(Nothing, keepBooks) };
}
