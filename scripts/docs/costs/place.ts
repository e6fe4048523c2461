// What a request meets in a stage, read from its templates.
import type { Price } from './price.ts';
import { prices } from './prices.ts';
import { ofType, type Resource } from './resource.ts';

export interface Place {
  /** In MB, of the function with this entry: `orders/api`. */
  readonly memoryOf: (entry: string) => number;
  /** Functions that are released through CodeDeploy. */
  readonly released: number;
  /** Firewalls that a request passes: before CloudFront, and before the API. */
  readonly firewalls: number;
  /** Whether the API writes a line for each request. */
  readonly hasAccessLog: boolean;
  /** How long the logs of functions are kept. */
  readonly logDays: number;
  /** Functions that tell `/metrics` of their systems. */
  readonly collectors: readonly string[];
  /** What the page of workers and `/metrics` look at. */
  readonly watched: { readonly queues: number; readonly topics: number };
  /** By what calls of SQS leave the network. */
  readonly toQueues: { readonly what: string; readonly price: Price };
}

export function placeOf(resources: readonly Resource[]): Place {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  const functionOf = (entry: string): Resource => {
    const found = functions.find(({ properties }) => String(properties.FunctionName).endsWith(`-${entry.replace('/', '-')}`));
    if (!found) throw new Error(`No function of the stage is ${entry}`);
    return found;
  };
  const variables = (entry: string): string => JSON.stringify(functionOf(entry).properties.Environment?.Variables);
  const watched = (kind: string): number => variables('workers/api').split(`\\"kind\\":\\"${kind}\\"`).length - 1;
  return {
    memoryOf: (entry) => Number(functionOf(entry).properties.MemorySize),
    logDays: Math.max(...ofType(resources, 'AWS::Logs::LogGroup').map(({ properties }) => Number(properties.RetentionInDays))),
    collectors: [...variables('metrics/api').matchAll(/\\"(\w+)\\":\\"/g)].map(([, name]) => `${name}/api`),
    watched: { queues: watched('queue'), topics: watched('topic') },
    released: ofType(resources, 'AWS::CodeDeploy::DeploymentGroup').length,
    firewalls: ofType(resources, 'AWS::WAFv2::WebACL').length,
    hasAccessLog: ofType(resources, 'AWS::ApiGateway::Stage').some(({ properties }) => properties.AccessLogSetting !== undefined),
    toQueues: interfaceEndpoints(resources).includes('sqs')
      ? { what: 'endpoint of SQS', price: prices.endpointData }
      : { what: 'NAT gateway, queues', price: prices.natGatewayData },
  };
}

/** Services that have one: the last part of `com.amazonaws.{region}.sqs`. */
export const interfaceEndpoints = (resources: readonly Resource[]): string[] =>
  ofType(resources, 'AWS::EC2::VPCEndpoint')
    .filter(({ properties }) => properties.VpcEndpointType === 'Interface')
    .map(({ properties }) => /\.([\w-]+)"?\]*\}?$/.exec(JSON.stringify(properties.ServiceName))?.[1] ?? '');
