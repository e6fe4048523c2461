// Durations that a service tells CloudWatch, in the log's embedded metric format: what its promises are measured by.
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { env } from '../env.ts';

/** Tells seconds, as many as there are, at once. */
export function durations(serviceName: string, metricName: string): (seconds: readonly number[]) => void {
  const metrics = new Metrics({ namespace: env('METRICS_NAMESPACE'), serviceName });
  return (seconds) => {
    if (seconds.length === 0) return;
    for (const each of seconds) metrics.addMetric(metricName, MetricUnit.Seconds, each);
    metrics.publishStoredMetrics();
  };
}
