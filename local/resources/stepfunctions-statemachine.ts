// AWS::StepFunctions::StateMachine: Express machines, interpreted here and started synchronously.
import { stateMachinesOf } from '../services/state-machines.ts';
import { expressMachine } from '../states/express.ts';
import { compileMachine, type Machine } from '../states/machine.ts';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { Resource, ResourceModule } from './resource.ts';

/** What executions get before they are cut off. */
const GRACE_MS = 10_000;

export const module: ResourceModule = {
  type: 'AWS::StepFunctions::StateMachine',
  honours: ['DefinitionString', 'DefinitionSubstitutions', 'RoleArn', 'StateMachineName', 'StateMachineType'],
  ignores: {
    EncryptionConfiguration: reasons.encryption,
    LoggingConfiguration: "executions that fail go to the host's log",
    Tags: reasons.label,
    TracingConfiguration: 'there is no X-Ray here',
  },
  refuses,
  async create(resource, host) {
    const { region, account } = host.options;
    const machines = stateMachinesOf(host);
    const machine = expressMachine(compileMachine(definitionOf(resource)).machine as Machine, {
      name: nameOf(resource),
      roleArn: String(resource.properties.RoleArn ?? ''),
      region,
      account,
      functions: host.functions,
      random: Math.random,
      log: host.log,
    });
    machines.set(machine.arn, machine);
    const stop = async (graceMs: number) => {
      await machine.stop(graceMs);
      if (machines.get(machine.arn) === machine) machines.delete(machine.arn);
    };
    return {
      ref: machine.arn,
      attributes: { Arn: machine.arn, Name: machine.name },
      // No execution outlives five minutes, so all of them get to their end.
      retire: () => stop(300_000),
      stop: () => stop(GRACE_MS),
    };
  },
};

function refuses(resource: Resource): string[] {
  const { StateMachineType: type = 'STANDARD' } = resource.properties;
  const machine = `state machine ${nameOf(resource)}`;
  if (type !== 'EXPRESS') return [`${machine}: StateMachineType ${type} is not supported. Supported: EXPRESS, started synchronously`];
  const definition = definitionOf(resource);
  if (definition === undefined) return [`${machine}: DefinitionString is no JSON text`];
  return compileMachine(definition).problems.map((problem) => `${machine}: ${problem}`);
}

const nameOf = (resource: Resource) => String(resource.properties.StateMachineName ?? physicalName(resource, 80));

/** `${name}` stands for the substitution of that name; undefined where the text is no JSON. */
function definitionOf({ properties: { DefinitionString, DefinitionSubstitutions = {} } }: Resource): unknown {
  const text = String(DefinitionString).replaceAll(/\$\{(\w+)\}/g, (found, name: string) =>
    Object.hasOwn(DefinitionSubstitutions, name) ? String(DefinitionSubstitutions[name]) : found,
  );
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
