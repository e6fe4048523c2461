// CloudFormation's intrinsic functions (C2), over a scope that knows what resources and exports became.

/** What the functions look up. Each throws for a name that does not exist. */
export interface Scope {
  readonly ref: (name: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string) => unknown;
  readonly importValue: (exportName: string) => unknown;
  readonly stackOutput: (stackName: string, outputName: string) => unknown;
  readonly mapping: (map: string, key: string, second: string) => unknown;
  readonly condition: (name: string) => boolean;
  readonly availabilityZones: readonly string[];
  /** Resolves `secretsmanager:…` and `ssm:…` of `{{resolve:…}}`. */
  readonly dynamicReference: (reference: string) => string;
}

/** Stands for `AWS::NoValue`: the property or list entry that holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? noValue : scope.ref(String(name))),
  Condition: (name, scope) => scope.condition(String(name)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] =
      typeof argument === 'string' ? argument.split('.') : (argument as unknown[]).map((part) => resolve(part, scope));
    return scope.attribute(String(logicalId), attribute.join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
    return template.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(variables, name)) return String(resolve(variables[name], scope));
      const [id, ...attribute] = name.trim().split('.');
      return String(attribute.length ? scope.attribute(id ?? '', attribute.join('.')) : scope.ref(name.trim()));
    });
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = listOf(argument, scope);
    return (parts as unknown[]).map(String).join(String(delimiter));
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = listOf(argument, scope);
    const chosen = (list as unknown[])[Number(index)];
    if (chosen === undefined) throw new Error(`Fn::Select: no entry ${String(index)} in a list of ${(list as unknown[]).length}`);
    return chosen;
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, text] = listOf(argument, scope);
    return String(text).split(String(delimiter));
  },
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
    return resolve(scope.condition(condition) ? whenTrue : whenFalse, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = listOf(argument, scope);
    return String(left) === String(right);
  },
  'Fn::And': (argument, scope) => listOf(argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => listOf(argument, scope).some(Boolean),
  'Fn::Not': (argument, scope) => !listOf(argument, scope)[0],
  'Fn::FindInMap': (argument, scope) => {
    const [map, key, second] = listOf(argument, scope).map(String) as [string, string, string];
    return scope.mapping(map, key, second);
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(String(resolve(argument, scope))),
  /** Region and role say where else to look: here everything is one account in one region. */
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = resolve(argument, scope) as Record<string, unknown>;
    return scope.stackOutput(String(StackName), String(OutputName));
  },
  'Fn::GetAZs': (_, scope) => [...scope.availabilityZones],
  'Fn::Cidr': (argument, scope) => {
    const [block, count, bits] = listOf(argument, scope);
    return subnets(String(block), Number(count), Number(bits ?? 8));
  },
  'Fn::Base64': (argument, scope) => Buffer.from(String(resolve(argument, scope))).toString('base64'),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
  'Fn::Length': (argument, scope) => (resolve(argument, scope) as unknown[]).length,
};

/** The value with every intrinsic function and dynamic reference replaced. Throws on a function that the host does not know. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return value.includes('{{resolve:') ? withReferences(value, scope) : value;
  if (Array.isArray(value)) return value.map((entry) => resolve(entry, scope)).filter((entry) => entry !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const call = intrinsicOf(value);
  if (call) {
    const result = call.apply(scope);
    return typeof result === 'string' ? withReferences(result, scope) : result;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, resolve(inner, scope)] as const)
      .filter(([, inner]) => inner !== noValue),
  );
}

/** The intrinsic that an object is, by its single key; undefined for plain data. `Condition` is one only beside a string. */
function intrinsicOf(value: object): { apply: (scope: Scope) => unknown } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  if (name === 'Condition' && typeof argument !== 'string') return undefined;
  const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (intrinsic) return { apply: (scope) => intrinsic(argument, scope) };
  if (name.startsWith('Fn::'))
    throw new Error(`The intrinsic function ${name} is not supported. Supported: ${Object.keys(intrinsics).join(', ')}`);
  return undefined;
}

const listOf = (argument: unknown, scope: Scope): unknown[] => resolve(argument, scope) as unknown[];

const withReferences = (text: string, scope: Scope): string =>
  text.replace(/\{\{resolve:([^}]+)\}\}/g, (_, reference: string) => scope.dynamicReference(reference));

/** The first `count` blocks of 2^bits addresses in an IPv4 block. */
function subnets(block: string, count: number, bits: number): string[] {
  const [address = '', prefix] = block.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  if (Number(prefix) > 32 - bits || count * 2 ** bits > 2 ** (32 - Number(prefix)))
    throw new Error(`Fn::Cidr: ${block} has no room for ${count} blocks of ${bits} bits`);
  return Array.from({ length: count }, (_, index) => {
    const start = first + index * 2 ** bits;
    return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${32 - bits}`;
  });
}
