// One CloudFormation stack: created, read and deleted.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { Template } from '../../local/assembly/template.ts';
import { deployedConfig, onAws, TAGS } from './deployed-target.ts';

export interface Stack {
  readonly account: string;
  /** Physical ids by logical id. */
  readonly refs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  remove(): Promise<void>;
}

/** CloudFormation is asked rarely, an emulator often. */
const patience = { maxWaitTime: 600, minDelay: onAws ? 5 : 0.2, maxDelay: onAws ? 10 : 0.5 };

/** @throws Error with the reasons that CloudFormation gives, after everything is removed again. */
export async function createStack(StackName: string, template: Template): Promise<Stack> {
  const client = new CloudFormationClient(deployedConfig());
  const waiting = { client, ...patience };
  const TemplateBody = JSON.stringify(template);
  const { StackId = '' } = await client.send(
    new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'], OnFailure: 'DO_NOTHING', Tags: TAGS }),
  );
  const deleted = async () => {
    await client.send(new DeleteStackCommand({ StackName: StackId }));
    await waitUntilStackDeleteComplete(waiting, { StackName: StackId });
  };
  const remove = async () => {
    // What could not be deleted at first can when what held it is gone: a stack that was not finished takes LocalStack several goes.
    await deleted().catch(deleted).catch(deleted).catch(deleted);
    client.destroy();
  };
  try {
    await waitUntilStackCreateComplete(waiting, { StackName: StackId });
  } catch (cause) {
    const reasons = await reasonsOf(client, StackId);
    const left = await remove().catch((error: Error) => [`and what there is of it could not be deleted: ${error.message}`]);
    throw new Error(`The stack was not created: ${[...reasons, ...(left ?? [])].join('; ') || String(cause)}`, { cause });
  }
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: StackId }));
  const refs = new Map<string, string>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: StackId })) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of StackResourceSummaries)
      refs.set(LogicalResourceId, PhysicalResourceId);
  }
  return {
    account: StackId.split(':')[4] ?? '',
    refs,
    outputs: new Map(Stacks?.[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    remove,
  };
}

async function reasonsOf(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.filter(({ ResourceStatus, ResourceStatusReason }) => ResourceStatus === 'CREATE_FAILED' && ResourceStatusReason).map(
    ({ LogicalResourceId, ResourceType, ResourceStatusReason }) => `${LogicalResourceId} (${ResourceType}): ${ResourceStatusReason}`,
  );
}
