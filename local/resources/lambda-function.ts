// AWS::Lambda::Function: Node.js functions, in environments of their own. Others are refused.
import { join } from 'node:path';
import { withLocalEndpoints } from '../gateway/websocket/endpoint.ts';
import type { Host } from '../host.ts';
import { variableRefusals } from '../lambda/environment-variables.ts';
import { assetFolder, inlineFolder } from '../lambda/function-code.ts';
import { hostedFunction } from '../lambda/hosted-function.ts';
import type { FunctionDefinition } from '../lambda/registry.ts';
import { replacementReason, uncallableFunction } from '../lambda/replaced-providers.ts';
import { layerFolder } from './lambda-layerversion.ts';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { Created, Resource, ResourceModule } from './resource.ts';

/** What events in flight get before they are cut off. */
const GRACE_MS = 10_000;

export const module: ResourceModule = {
  type: 'AWS::Lambda::Function',
  honours: [
    'Code',
    'DeadLetterConfig',
    'Environment',
    'FunctionName',
    'Handler',
    'Layers',
    'MemorySize',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Runtime',
    'Timeout',
  ],
  ignores: {
    Architectures: "functions run on this machine's own architecture",
    CodeSigningConfigArn: reasons.access,
    Description: reasons.label,
    EphemeralStorage: 'temporary folders are as large as the disk',
    KmsKeyArn: reasons.encryption,
    LoggingConfig: "lines go to the host's log, in Lambda's text format",
    RecursiveLoop: 'loops are not looked for here',
    Role: reasons.access,
    RuntimeManagementConfig: 'functions run on the Node.js of this machine',
    SnapStart: 'cold starts take less than 150 ms here',
    Tags: reasons.label,
    TracingConfig: 'there is no X-Ray here',
    VpcConfig: reasons.network,
  },
  refuses,
  create,
};

function refuses({ logicalId, properties }: Resource): string[] {
  if (replacementReason(logicalId) !== undefined) return [];
  const { Code, DeadLetterConfig, Environment, PackageType, Runtime } = properties;
  const target = DeadLetterConfig?.TargetArn;
  return [
    ...(PackageType === 'Image' || Code?.ImageUri ? ['functions from container images cannot run here: use a folder of code'] : []),
    ...(/^nodejs\d+\.x$/.test(String(Runtime)) ? [] : [`Runtime ${Runtime} is not supported, only nodejs…x`]),
    ...(target && !String(target).startsWith('arn:aws:sqs:') ? [`DeadLetterConfig ${target}: only SQS queues are supported`] : []),
    ...variableRefusals(variables(Environment)),
  ];
}

async function create(resource: Resource, host: Host): Promise<Created> {
  const { dataDir, region, eventsPerEnvironment, timeScale } = host.options;
  const reason = replacementReason(resource.logicalId);
  const definition = definitionOf(resource, host, reason === undefined);
  const fn =
    reason === undefined
      ? hostedFunction(definition, {
          log: host.log,
          region,
          eventsPerEnvironment,
          timeScale,
          lambdaDir: join(dataDir, 'lambda'),
          sqsUrl: host.storage.url,
          deadLetter: resource.properties.DeadLetterConfig?.TargetArn,
        })
      : uncallableFunction(definition, reason);
  host.functions.add(fn);
  return {
    ref: definition.name,
    attributes: { Arn: definition.arn },
    // No event outlives its function's timeout, so all of them get to their end.
    retire: () => fn.stop(definition.timeoutSeconds * 1000),
    stop: () => fn.stop(GRACE_MS),
  };
}

function definitionOf(resource: Resource, host: Host, runnable: boolean): FunctionDefinition {
  const { properties } = resource;
  const { region, account } = host.options;
  const name = String(properties.FunctionName ?? physicalName(resource, 64));
  const reserved = properties.ReservedConcurrentExecutions;
  return {
    name,
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    handler: String(properties.Handler),
    codeDir: runnable ? codeFolder(resource, name, host) : '',
    layerDirs: runnable ? (properties.Layers ?? []).map((arn: unknown) => layerFolder(host, String(arn))) : [],
    environment: {
      AWS_ENDPOINT_URL: host.control.url,
      AWS_ENDPOINT_URL_S3: host.storage.url,
      AWS_ENDPOINT_URL_SQS: host.storage.url,
      ...(host.dynamodb && { AWS_ENDPOINT_URL_DYNAMODB: host.dynamodb.url }),
      ...host.options.telemetry,
      ...withLocalEndpoints(variables(properties.Environment), host),
    },
    timeoutSeconds: Number(properties.Timeout ?? 3),
    memoryMb: Number(properties.MemorySize ?? 128),
    ...(reserved === undefined ? {} : { reservedConcurrency: Number(reserved) }),
  };
}

const codeFolder = ({ properties: { Code } }: Resource, name: string, host: Host): string =>
  Code.ZipFile === undefined
    ? assetFolder(host.assembly, String(Code.S3Key))
    : inlineFolder(join(host.options.dataDir, 'lambda', 'code', name), String(Code.ZipFile));

/** CloudFormation takes numbers and booleans as text. */
const variables = (environment: { readonly Variables?: Readonly<Record<string, unknown>> } | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(environment?.Variables ?? {}).map(([key, value]) => [key, String(value)]));
