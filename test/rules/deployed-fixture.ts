// Templates of fixtures deployed by CloudFormation: to LocalStack, or to AWS. Created here, removed by `stop()` or when the file is over.
import { setTimeout as pause } from 'node:timers/promises';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { TemplateResource } from '../../local/assembly/template.ts';
import { eventually } from '../support/eventually.ts';
import { atEndOfFile } from '../support/target.ts';
import { bucket, uploadAssets } from './deployed-assets.ts';
import { uniqueName } from './deployed-names.ts';
import { createStack, type Stack } from './deployed-stack.ts';
import { deployedConfig, onAws, stageUrl } from './deployed-target.ts';
import { completeTemplate, outputName } from './deployed-template.ts';
import type { FixtureHost } from './fixture.ts';

const ROLES_SETTLE_MS = 10_000;
const API_SETTLES_MS = 60_000;

type Resources = Readonly<Record<string, TemplateResource>>;

export async function deployedFixture(resources: Resources): Promise<FixtureHost> {
  const name = uniqueName();
  const config = deployedConfig();
  const assets = await bucket(name);
  let stack: Stack;
  try {
    await uploadAssets(assets, name, resources);
    stack = await createStack(name, completeTemplate(resources, name));
  } catch (error) {
    await assets.remove();
    throw error;
  }
  const lambda = new LambdaClient({ ...config, maxAttempts: 1 });
  const remove = async () => {
    lambda.destroy();
    await stack.remove();
    await assets.remove();
  };
  const takeBack = atEndOfFile(remove);
  let stopped: Promise<void> | undefined;
  const found = (map: ReadonlyMap<string, string>, key: string) => {
    const value = map.get(key);
    if (value === undefined) throw new Error(`the stack has no ${key}`);
    return value;
  };
  const keys = await apiKeyValues(resources, stack);
  const url = urlOf(resources, stack);
  if (onAws) await settled(url);
  return {
    host: undefined as never,
    url,
    account: stack.account,
    region: config.region,
    clientAddress: onAws ? (await (await fetch('https://checkip.amazonaws.com')).text()).trim() : '127.0.0.1',
    endpoints: {},
    config: () => config,
    ref: (logicalId) => found(stack.refs, logicalId),
    attribute: (logicalId, attribute) => keys.get(logicalId) ?? found(stack.outputs, outputName(logicalId, attribute)),
    output: (output) => found(stack.outputs, output),
    async invoke(logicalId, event) {
      const FunctionName = found(stack.refs, logicalId);
      const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
      return {
        requestId: answer.$metadata.requestId ?? '',
        payload: answer.Payload?.transformToString() ?? '',
        ...(answer.FunctionError && { functionError: 'Unhandled' as const }),
      };
    },
    stop() {
      takeBack();
      stopped ??= remove();
      return stopped;
    },
  };
}

function urlOf(resources: Resources, { refs }: Stack): string {
  const stage = Object.values(resources).find(({ Type }) => Type === 'AWS::ApiGateway::Stage')?.Properties;
  if (!stage) return deployedConfig().endpoint ?? '';
  const { Ref } = stage.RestApiId as { Ref: string };
  return stageUrl(String(refs.get(Ref)), String(stage.StageName));
}

/** New roles are not known everywhere at once, which nothing tells; a new API answers 403 Forbidden until it is there. */
async function settled(url: string): Promise<void> {
  await pause(ROLES_SETTLE_MS);
  if (url === '') return;
  await eventually(async () => (await fetch(url)).headers.get('x-amzn-errortype') !== 'ForbiddenException', API_SETTLES_MS);
}

/** The one attribute that no template can read. */
async function apiKeyValues(resources: Resources, { refs }: Stack): Promise<Map<string, string>> {
  const ids = Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::ApiGateway::ApiKey');
  if (ids.length === 0) return new Map();
  const client = new APIGatewayClient(deployedConfig());
  const values = ids.map(async (id) => {
    const { value = '' } = await client.send(new GetApiKeyCommand({ apiKey: String(refs.get(id)), includeValue: true }));
    return [id, value] as const;
  });
  return new Map(await Promise.all(values));
}
