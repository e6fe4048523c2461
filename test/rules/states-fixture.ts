// State machines behind the real Step Functions client, with functions that do as their event says.
import { SFNClient, StartSyncExecutionCommand, type StartSyncExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { TemplateResource } from '../../local/assembly/template.ts';
import { eventSink } from './event-sink.ts';
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

export interface StatesHost extends FixtureHost {
  readonly client: SFNClient;
  run(logicalId: string, input?: unknown, name?: string): Promise<StartSyncExecutionCommandOutput>;
  /** How often a function was called with this key; with `waited`, how often it also went beyond its sleep. */
  calls(key: string, waited?: 'waited'): number;
}

/** Makes a function that does what its event asks for, and tells the test of it. */
export type Obedient = (properties?: object) => TemplateResource;

export async function statesHost(resources: (obedient: Obedient) => Record<string, TemplateResource>): Promise<StatesHost> {
  const sink = await eventSink();
  const calls = (key: string, waited?: 'waited') =>
    sink.events.filter((event) => event.key === key && event.waited === (waited === 'waited')).length;
  sink.answer = ({ key }) => calls(key);
  const fixture = await hostFixture(resources((properties) => nodeFunction(obedience(sink.telling), properties)));
  const config = fixture.config();
  // AWS has another host name for synchronous executions, an endpoint has one for all.
  const client = new SFNClient({ ...config, disableHostPrefix: config.endpoint !== undefined });
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
    calls,
    async stop() {
      client.destroy();
      await fixture.stop();
      await sink.stop();
    },
  };
}

/** Keys stand for tests: without one nobody counts. */
const obedience = (telling: string) => `
  ${telling}
  export const handler = async ({ key = '', sleep, fail, failTimes = Infinity, exit, size, answer }) => {
    const calls = await tell({ key, waited: false });
    if (sleep) {
      await new Promise((resolve) => setTimeout(resolve, sleep));
      await tell({ key, waited: true });
    }
    if (exit) process.exit(1);
    if (fail && calls <= failTimes) throw Object.assign(new Error('asked to fail'), { name: fail });
    if (size) return 'x'.repeat(size);
    return answer === undefined ? { calls } : answer;
  };`;

export const outputOf = ({ output }: StartSyncExecutionCommandOutput): unknown => JSON.parse(output ?? '');
