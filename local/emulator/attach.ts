// An emulator of AWS that runs functions, REST APIs, queues and buckets in place of this host, which keeps only what the emulator lacks.
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, paginateListExports } from '@aws-sdk/client-cloudformation';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { bucketOrigin } from '../gateway/bucket-origin.ts';
import type { Origin } from '../gateway/origins.ts';
import type { LambdaFunction } from '../lambda/registry.ts';
import type { Storage } from '../services/s3-and-sqs.ts';
import { gatewayResponsesOf } from './gateway-responses.ts';
import { oldestMessageAge } from './queue-age.ts';
import { remoteFunction } from './remote-function.ts';
import { restOrigin } from './rest-origin.ts';

export interface Emulator {
  readonly functions: readonly LambdaFunction[];
  /** Exports of the stacks that were deployed to it, by name. */
  readonly exports: ReadonlyMap<string, string>;
  readonly storage: Storage;
  /** Who answers for a domain of a REST API or a bucket; undefined for other domains. */
  origin(domain: string): Origin | undefined;
  detach(): void;
}

/** Any: emulators look at nothing but the account, which these stand for. */
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** @param endpoint e.g. `http://localhost:4566`. Rejects where nobody answers there. */
export async function attach(endpoint: string, region: string): Promise<Emulator> {
  const client = { endpoint, region, credentials };
  const lambda = new LambdaClient(client);
  const apiGateway = new APIGatewayClient(client);
  const cloudFormation = new CloudFormationClient(client);
  const [functions, exports] = await Promise.all([functionsOf(lambda), exportsOf(cloudFormation)]).finally(() => cloudFormation.destroy());
  const found = new Map<string, Origin | undefined>();
  return {
    functions,
    exports,
    storage: { url: endpoint, oldestMessageAge: (queueName) => oldestMessageAge(endpoint, region, queueName), stop: async () => {} },
    origin(domain) {
      if (!found.has(domain)) found.set(domain, originOf(domain, endpoint, apiGateway));
      return found.get(domain);
    },
    detach() {
      lambda.destroy();
      apiGateway.destroy();
    },
  };
}

function originOf(domain: string, endpoint: string, client: APIGatewayClient): Origin | undefined {
  const [, apiId] = /^([^.]+)\.execute-api\./.exec(domain) ?? [];
  if (apiId !== undefined) return restOrigin({ endpoint, apiId, gatewayResponses: () => gatewayResponsesOf(client, apiId) });
  const [, bucket] = /^(.+)\.s3\.(?:[^.]+\.)?amazonaws\.com$/.exec(domain) ?? [];
  return bucket === undefined ? undefined : bucketOrigin(endpoint, bucket);
}

async function functionsOf(client: LambdaClient): Promise<LambdaFunction[]> {
  const functions: LambdaFunction[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    functions.push(...Functions.map((configuration) => remoteFunction(client, configuration)));
  return functions;
}

async function exportsOf(client: CloudFormationClient): Promise<Map<string, string>> {
  const exports = new Map<string, string>();
  for await (const { Exports = [] } of paginateListExports({ client }, {}))
    for (const { Name = '', Value = '' } of Exports) exports.set(Name, Value);
  return exports;
}
