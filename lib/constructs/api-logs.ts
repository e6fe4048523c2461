// What API Gateway writes down: a line a request, and its own failures. Emulators keep no such logs.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat, LogGroupLogDestination, MethodLoggingLevel, type RestApi, type StageOptions } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';

type Logged = Pick<Config, 'stage' | 'functions'>;

const logGroup = (scope: Construct, id: string, { functions: { logRetentionDays } }: Logged, logGroupName?: string) =>
  new LogGroup(scope, id, {
    retention: logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(logGroupName ? { logGroupName } : {}),
  });

/**
 * No header and no query: they may hold keys and tokens. `error` is the kind of the gateway's own answer (THROTTLED, WAF_FILTERED,
 * INVALID_API_KEY, …); what a client wrote could hold quotes and break the line.
 */
const REST_LINE = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  error: '$context.error.responseType',
  latencyMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  functionStatus: '$context.integrationStatus',
  // Of integrations that are no function: what the service of AWS answered.
  integrationStatus: '$context.integration.status',
  bytes: '$context.responseLength',
  keyId: '$context.identity.apiKeyId',
  caller: '$context.authorizer.principalId',
  address: '$context.identity.sourceIp',
};

/** Always there, and compared as numbers by the filters that make metrics of these lines. */
const NUMBERS = /"(\$context\.(?:status|responseLatency))"/g;

/** A line a connection's coming and going, and a line a frame that a client sends. */
const WEB_SOCKET_LINE = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  connectionId: '$context.connectionId',
  event: '$context.eventType',
  route: '$context.routeKey',
  status: '$context.status',
  functionStatus: '$context.integrationStatus',
  caller: '$context.authorizer.principalId',
  address: '$context.identity.sourceIp',
};

/** Errors of the gateway itself besides, such as a template that does not fit; never bodies. */
export const restLogs = (scope: Construct, id: string, config: Logged): StageOptions => ({
  accessLogDestination: new LogGroupLogDestination(logGroup(scope, id, config)),
  accessLogFormat: AccessLogFormat.custom(JSON.stringify(REST_LINE).replaceAll(NUMBERS, '$1')),
  loggingLevel: MethodLoggingLevel.ERROR,
  dataTraceEnabled: false,
});

/** API Gateway would make this group by itself, and keep it for ever. */
export function keepExecutionLogs(api: RestApi, config: Logged): void {
  const group = logGroup(api, 'ExecutionLogs', config, `API-Gateway-Execution-Logs_${api.restApiId}/${config.stage}`);
  api.deploymentStage.node.addDependency(group);
}

export const webSocketLogs = (scope: Construct, id: string, config: Logged) => ({
  destination: { bind: () => ({ destinationArn: logGroup(scope, id, config).logGroupArn }) },
  format: AccessLogFormat.custom(JSON.stringify(WEB_SOCKET_LINE)),
});
