// On a schedule: settles sagas that are due, keeps the books, forgets keys that have expired.
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { lambda } from '../shared/aws.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { log } from '../shared/logging.ts';
import { audit } from './audit.ts';
import { participants as participantsOf } from './participants.ts';
import { reconcile } from './reconcile.ts';
import { sagaRepository } from './saga-repository.ts';

const orders = database();
const sagas = sagaRepository(orders);
const participants = participantsOf(lambda(), { stock: env('STOCK_STEPS'), payment: env('PAYMENT_STEPS') });
const metrics = new Metrics({ namespace: env('METRICS_NAMESPACE'), serviceName: 'orders' });

export async function handler({ task }: { readonly task: 'reconcile' | 'audit' }) {
  const outcome = await (task === 'audit' ? keepBooks() : settle());
  metrics.publishStoredMetrics();
  return outcome;
}

async function settle() {
  const outcome = await reconcile({ sagas, participants });
  metrics.addMetric('SagasSettled', MetricUnit.Count, outcome.settled);
  metrics.addMetric('SagasParked', MetricUnit.Count, (await sagas.inStates(['parked'], 1000)).length);
  await Promise.all([forgetExpired(orders, new Date()), sagas.forgetExpiredKeys(), participants.tidy()]);
  return outcome;
}

async function keepBooks() {
  const report = await audit({ orders, participants });
  metrics.addMetric('AuditProblems', MetricUnit.Count, report.problems.length);
  metrics.addMetric('Revenue', MetricUnit.Count, report.spent.amount);
  if (!report.consistent) log.error('the books do not agree', { ...report });
  return report;
}
