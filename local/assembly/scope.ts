// What names mean inside one stack: parameters, resources, imports from other stacks.
import type { Host } from '../host.ts';
import type { Created } from '../resources/resource.ts';
import { type Node, nodeOf } from './graph.ts';
import { resolve, type Scope } from './intrinsics.ts';
import type { Stack } from './manifest.ts';
import { outputOf } from './outputs.ts';
import { pseudoParameter } from './pseudo.ts';

export function stackScope(stack: Stack, stacks: readonly Stack[], created: ReadonlyMap<Node, Created>, host: Host): Scope {
  const { account, region } = host.options;
  const { Parameters = {}, Mappings = {}, Conditions = {} } = stack.template;

  const resource = (logicalId: string): Created => {
    const found = created.get(nodeOf(stack.name, logicalId));
    if (!found) throw new Error(`${stack.name} refers to ${logicalId}, which was not created: its condition is false`);
    return found;
  };

  const parameter = (name: string): unknown => {
    const { Type: type = '', Default: value } = Parameters[name] ?? {};
    if (value === undefined) throw new Error(`Parameter ${name} of stack ${stack.name} has no default, and nobody is asked for one here`);
    return type.startsWith('AWS::SSM::Parameter::Value') ? host.parameters.get(value) : value;
  };

  const scope: Scope = {
    ref: (name) => {
      if (stack.template.Resources?.[name]) return resource(name).ref;
      return Parameters[name] ? parameter(name) : pseudoParameter(name, stack.name, account, region);
    },
    attribute: (logicalId, attribute) => {
      const { attributes = {} } = resource(logicalId);
      if (!(attribute in attributes))
        throw new Error(
          `${stack.name}: ${logicalId} has no attribute ${attribute} here. It has: ${Object.keys(attributes).join(', ') || 'none'}`,
        );
      return attributes[attribute];
    },
    importValue: (exportName) => {
      for (const other of stacks) {
        const output = Object.values(other.template.Outputs ?? {}).find(({ Export }) => Export?.Name === exportName);
        if (output) return resolve(output.Value, stackScope(other, stacks, created, host));
      }
      const elsewhere = host.imports.get(exportName);
      if (elsewhere !== undefined) return elsewhere;
      throw new Error(`${stack.name} imports ${exportName}, which no stack exports`);
    },
    stackOutput: (stackName, outputName) => {
      const { of, value } = outputOf(stacks, stackName, outputName, stack);
      return resolve(value, stackScope(of, stacks, created, host));
    },
    mapping: (map, key, second) => {
      const value = Mappings[map]?.[key]?.[second];
      if (value === undefined) throw new Error(`${stack.name} has no mapping ${map}.${key}.${second}`);
      return value;
    },
    condition: (name) => {
      if (!(name in Conditions)) throw new Error(`${stack.name} has no condition ${name}`);
      return Boolean(resolve(Conditions[name], scope));
    },
    availabilityZones: ['a', 'b', 'c'].map((zone) => region + zone),
    dynamicReference: (reference) => {
      const [service = '', ...rest] = reference.split(':');
      if (service === 'secretsmanager') return host.secrets.resolveSecret(rest.join(':'));
      if (service === 'ssm' || service === 'ssm-secure') return host.parameters.get(rest[0] ?? '');
      throw new Error(`Dynamic references to ${service} are not supported`);
    },
  };
  return scope;
}
