// AWS::SecretsManager::Secret: given text, or generated once and kept (E5).
import { type PasswordRules, randomPassword } from '../services/random-password.ts';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { Resource, ResourceModule } from './resource.ts';

interface Generate extends PasswordRules {
  /** JSON that the password is put into, under `GenerateStringKey`. */
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
}

export const module: ResourceModule = {
  type: 'AWS::SecretsManager::Secret',
  honours: ['Description', 'GenerateSecretString', 'Name', 'SecretString'],
  ignores: { KmsKeyId: reasons.encryption, ReplicaRegions: 'there is one region here', Tags: reasons.label },
  refuses: ({ properties: { SecretString, GenerateSecretString } }) =>
    SecretString !== undefined && GenerateSecretString !== undefined ? ['SecretString and GenerateSecretString exclude each other'] : [],
  async create(resource, { secrets }) {
    const { Name, Description = '', SecretString, GenerateSecretString } = resource.properties;
    const name = String(Name ?? physicalName(resource, 512));
    const { arn } = secrets.provision(
      name,
      Description,
      { SecretString, GenerateSecretString },
      () => SecretString ?? generated(GenerateSecretString ?? {}, resource),
    );
    return { ref: arn, attributes: { Id: arn } };
  },
};

function generated({ SecretStringTemplate, GenerateStringKey, ...rules }: Generate, { logicalId }: Resource): string {
  const password = randomPassword(rules);
  if (SecretStringTemplate === undefined && GenerateStringKey === undefined) return password;
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined)
    throw new Error(`${logicalId}: SecretStringTemplate and GenerateStringKey need each other`);
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: password });
}
