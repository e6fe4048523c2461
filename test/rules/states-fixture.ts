// State machines behind the real Step Functions client, with functions that do as their event says.
import { SFNClient, StartSyncExecutionCommand, type StartSyncExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { TemplateResource } from '../../local/assembly/template.ts';
import type { HostOptions } from '../../local/host.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

export const fnArn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** The definition as CDK writes it: a text joined from pieces, with the ARNs of resources between them. */
export function expressMachine(definition: object, properties: object = {}): TemplateResource {
  const pieces: unknown[] = [];
  const text = JSON.stringify(definition, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('Fn::GetAtt' in value)) return value;
    return `@${pieces.push(value) - 1}@`;
  });
  const parts = text.split(/@(\d+)@/).map((part, index) => (index % 2 === 0 ? part : pieces[Number(part)]));
  return {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      DefinitionString: { 'Fn::Join': ['', parts] },
      StateMachineType: 'EXPRESS',
      RoleArn: 'arn:aws:iam::000000000000:role/states',
      ...properties,
    },
  };
}

/** `lambda:invoke` with the whole input as its event. */
export const invokeTask = (logicalId: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: fnArn(logicalId), 'Payload.$': '$' },
  ...more,
});

export const plainTask = (logicalId: string, more: object = { End: true }) => ({ Type: 'Task', Resource: fnArn(logicalId), ...more });

/** Does what its event asks for, and counts how often it was called with the event's `key`, and went beyond its sleep. */
export const obedient = (properties: object = {}): TemplateResource =>
  nodeFunction(
    `
    const counts = new Map();
    export const handler = async ({ key, count, sleep, fail, failTimes = Infinity, exit, size, answer }, context) => {
      if (count) return counts.get(count) ?? 0;
      const calls = (counts.get(key) ?? 0) + 1;
      counts.set(key, calls);
      if (sleep) await new Promise((resolve) => setTimeout(resolve, sleep));
      counts.set(key + ' waited', calls);
      if (exit) process.exit(1);
      if (fail && calls <= failTimes) throw Object.assign(new Error('asked to fail'), { name: fail });
      if (size) return 'x'.repeat(size);
      return answer === undefined ? { calls } : answer;
    };`,
    properties,
  );

export interface StatesHost extends FixtureHost {
  readonly client: SFNClient;
  run(logicalId: string, input?: unknown, name?: string): Promise<StartSyncExecutionCommandOutput>;
  /** Times that the function was called with this key. */
  calls(logicalId: string, key: string): Promise<number>;
}

export async function statesHost(resources: Record<string, TemplateResource>, options?: Partial<HostOptions>): Promise<StatesHost> {
  // One environment counts for all; the strict setting would give each concurrent event its own.
  const fixture = await hostFixture(resources, { eventsPerEnvironment: 16, ...options });
  const client = new SFNClient({
    endpoint: fixture.host.control.url,
    disableHostPrefix: true,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    ...fixture,
    client,
    run: (logicalId, input, name) =>
      client.send(
        new StartSyncExecutionCommand({
          stateMachineArn: fixture.ref(logicalId),
          ...(input === undefined ? {} : { input: JSON.stringify(input) }),
          ...(name === undefined ? {} : { name }),
        }),
      ),
    calls: async (logicalId, key) => Number((await fixture.invoke(logicalId, { count: key })).payload),
    async stop() {
      client.destroy();
      await fixture.stop();
    },
  };
}

export const outputOf = ({ output }: StartSyncExecutionCommandOutput): unknown => JSON.parse(output ?? '');
