// Failures that Lambda takes for good answers: an error that became a response, a record that is handed back. Counted by version, as a release that fails
// is taken back by it, in the log's embedded metric format. The library for that is larger than what most functions do.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html

const METRIC = 'Failures';

/** Counts one. The dimension `service` is the function's entry: `stock/api`. */
export function countFailure(): void {
  const { METRICS_NAMESPACE: Namespace, POWERTOOLS_SERVICE_NAME: service, AWS_LAMBDA_FUNCTION_VERSION: version } = process.env;
  if (!Namespace) return;
  const CloudWatchMetrics = [{ Namespace, Dimensions: [['service', 'version']], Metrics: [{ Name: METRIC, Unit: 'Count' }] }];
  // Not by `console`, which puts words before it.
  process.stdout.write(`${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, service, version, [METRIC]: 1 })}\n`);
}
