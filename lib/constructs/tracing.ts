// Makes a function tell a collector what it does: docs/tracing.md.
import { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Config } from '../config.ts';
import { telemetryLayer } from './telemetry-layer.ts';

/** Where the stage names no collector, the function stays as it is. */
export function trace(fn: LambdaFunction, { tracing }: Pick<Config, 'tracing'>): void {
  if (!tracing) return;
  const { endpoint, ratio = 1 } = tracing;
  const { protocol, port } = new URL(endpoint);
  // Spans to anywhere else would be lost without a word: the functions' security group lets nothing else out.
  if (protocol !== 'https:' || port !== '') throw new Error(`tracing.endpoint must be https on port 443, not ${endpoint}`);
  if (!(ratio >= 0 && ratio <= 1)) throw new Error(`tracing.ratio must be from 0 to 1, not ${ratio}`);
  fn.addLayers(telemetryLayer(Stack.of(fn)));
  fn.addEnvironment('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint);
  fn.addEnvironment('OTEL_TRACES_SAMPLER', 'parentbased_traceidratio');
  fn.addEnvironment('OTEL_TRACES_SAMPLER_ARG', String(ratio));
}
