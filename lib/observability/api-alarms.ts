// What is watched of the REST API and the WebSocket API as a whole; systems by themselves are watched by their objectives.
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Stage } from '../config.ts';
import { alarm } from '../constructs/alarm.ts';

const PERIOD = Duration.minutes(5);

export const restMetric = (stage: Stage, metricName: string, statistic: string) =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiName: `stackyard-${stage}`, Stage: stage },
    statistic,
    period: PERIOD,
  });

export interface WebSocketDimensions {
  readonly apiId: string;
  readonly stageName: string;
}

export const webSocketMetric = ({ apiId, stageName }: WebSocketDimensions, metricName: string, statistic: string) =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: apiId, Stage: stageName },
    statistic,
    period: PERIOD,
  });

export function watchRestApi(scope: Construct, { stage, alarms }: { readonly stage: Stage; readonly alarms: ITopic }): void {
  alarm(scope, 'ApiErrors', {
    name: 'api-5xx',
    what: 'More than 1 % of all answers have been 5xx for a quarter of an hour',
    impact: 'requests of clients fail',
    runbook: 'api-errors',
    metric: restMetric(stage, '5XXError', 'Average'),
    threshold: 0.01,
    periods: 3,
    alarms,
  });
  alarm(scope, 'ApiRefusals', {
    name: 'api-4xx',
    what: 'More than half of all answers have been 4xx for half an hour',
    impact: 'a client is broken or somebody tries things out; or we refuse what we should take',
    runbook: 'api-errors',
    metric: restMetric(stage, '4XXError', 'Average'),
    threshold: 0.5,
    periods: 6,
    alarms,
  });
  alarm(scope, 'ApiLatency', {
    name: 'api-latency',
    what: 'The slowest hundredth of all answers has taken more than 5 s for a quarter of an hour',
    impact: 'clients wait, and begin to give up',
    runbook: 'api-latency',
    metric: restMetric(stage, 'Latency', 'p99'),
    threshold: 5_000,
    periods: 3,
    alarms,
  });
}

/**
 * Not on `IntegrationError`: it counts 4xx that the function answers, so any page of another site that we turn away, and nothing else that is not seen
 * already. When the function throws, runs out of time or is throttled its own alarms tell; it never answers 5xx by itself.
 */
export function watchWebSocketApi(scope: Construct, api: WebSocketDimensions, alarms: ITopic): void {
  alarm(scope, 'WebSocketExecutionError', {
    name: 'messages-websocket-execution-errors',
    what: 'The WebSocket API cannot call its function',
    impact: 'nobody can begin to listen, or resume',
    runbook: 'websocket',
    metric: webSocketMetric(api, 'ExecutionError', 'Sum'),
    periods: 3,
    bad: 2,
    alarms,
  });
}
