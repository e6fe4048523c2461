// SSM Parameter Store: what GetParameter, `{{resolve:ssm:…}}` and parameters of the type AWS::SSM::Parameter::Value answer from.
import { join } from 'node:path';
import { AwsError } from './control-api.ts';
import { jsonFile } from './json-file.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface Parameter {
  readonly name: string;
  readonly arn: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** The value in the template; undefined where no template names the parameter. */
  readonly origin?: string;
}

export interface ParameterStore {
  /** The value. Throws ParameterNotFound. `name:version` is the current version or not found. */
  get(name: string): string;
  find(name: string): Parameter | undefined;
  all(): readonly Parameter[];
  /** A new version where the value or the type is another one. */
  put(name: string, value: string, type?: ParameterType): Parameter;
  /** The parameter of a template: a value that was put later stays until the template's own value changes, as with CloudFormation. */
  provision(name: string, value: string, type?: ParameterType): Parameter;
}

export interface ParameterStoreOptions {
  readonly dataDir: string;
  readonly account: string;
  readonly region: string;
}

export function parameterStore({ dataDir, account, region }: ParameterStoreOptions): ParameterStore {
  const file = jsonFile<Record<string, Parameter>>(join(dataDir, 'parameters.json'), {});

  function find(id: string): Parameter | undefined {
    const [name = '', version] = id.split(':');
    const parameter = file.content[name];
    return version === undefined || Number(version) === parameter?.version ? parameter : undefined;
  }

  function write(name: string, value: string, type: ParameterType, origin?: string): Parameter {
    const known = file.content[name];
    const changed = known?.value !== value || known.type !== type;
    const { version = 0, changedAt = 0 } = known ?? {};
    const arn = `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
    const newest = changed ? { version: version + 1, changedAt: Date.now() } : { version, changedAt };
    const parameter: Parameter = { name, arn, type, value, ...newest, ...(origin !== undefined && { origin }) };
    file.content[name] = parameter;
    file.save();
    return parameter;
  }

  return {
    find,
    get(name) {
      const parameter = find(name);
      if (!parameter) throw new AwsError('ParameterNotFound', `There is no parameter ${name}`);
      return parameter.value;
    },
    all: () => Object.values(file.content),
    put: (name, value, type = 'String') => write(name, value, type, file.content[name]?.origin),
    provision(name, value, type = 'String') {
      const known = file.content[name];
      return write(name, known?.origin === value ? known.value : value, type, value);
    },
  };
}
