// The operations of SSM Parameter Store that handlers and scripts call.
import { AwsError, type ControlApi } from './control-api.ts';
import type { Parameter, ParameterStore, ParameterType } from './parameter-store.ts';

export { type ParameterStore, parameterStore } from './parameter-store.ts';

interface ByPath {
  readonly Path: string;
  readonly Recursive?: boolean;
  readonly WithDecryption?: boolean;
}
interface Put {
  readonly Name: string;
  readonly Value: string;
  readonly Type?: ParameterType;
  readonly Overwrite?: boolean;
}

export function ssmApi(control: ControlApi, parameters: ParameterStore): void {
  control.json('AmazonSSM', {
    GetParameter({ Name, WithDecryption }: { Name: string; WithDecryption?: boolean }) {
      const parameter = parameters.find(Name);
      if (!parameter) throw new AwsError('ParameterNotFound', `There is no parameter ${Name}`);
      return { Parameter: answerOf(parameter, WithDecryption) };
    },

    GetParameters({ Names, WithDecryption }: { Names: readonly string[]; WithDecryption?: boolean }) {
      const found = Names.map((name) => parameters.find(name)).filter((parameter) => parameter !== undefined);
      return {
        Parameters: found.map((parameter) => answerOf(parameter, WithDecryption)),
        InvalidParameters: Names.filter((name) => !parameters.find(name)),
      };
    },

    /** Everything in one page: a local stage has few parameters. */
    GetParametersByPath({ Path, Recursive = false, WithDecryption }: ByPath) {
      const prefix = Path.endsWith('/') ? Path : `${Path}/`;
      const below = parameters
        .all()
        .filter(({ name }) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/')));
      return { Parameters: below.map((parameter) => answerOf(parameter, WithDecryption)) };
    },

    PutParameter({ Name, Value, Type, Overwrite = false }: Put) {
      const known = parameters.find(Name);
      if (known && !Overwrite)
        throw new AwsError('ParameterAlreadyExists', `The parameter ${Name} exists already. To overwrite it, set Overwrite.`);
      return { Version: parameters.put(Name, Value, Type ?? known?.type).version, Tier: 'Standard' };
    },
  });
}

const answerOf = ({ name, arn, type, value, version, changedAt }: Parameter, decrypt = false) => ({
  Name: name,
  ARN: arn,
  Type: type,
  // AWS gives the cipher text where nobody asked for decryption: a handler that forgets to ask must fail here as well.
  Value: type === 'SecureString' && !decrypt ? Buffer.from(value).toString('base64') : value,
  Version: version,
  LastModifiedDate: changedAt / 1000,
  DataType: 'text',
});
