// The operations of Secrets Manager that handlers and scripts call.
import { AwsError, type ControlApi } from './control-api.ts';
import { type Secret, type SecretStore, versionOf } from './secret-store.ts';

export { type SecretStore, secretStore } from './secret-store.ts';

/** `CreateSecret` is left out on purpose: secrets come from the template. */
export function secretsApi(control: ControlApi, secrets: SecretStore): void {
  control.json('secretsmanager', {
    GetSecretValue({ SecretId, VersionStage, VersionId }: { SecretId: string; VersionStage?: string; VersionId?: string }) {
      const secret = secrets.get(SecretId);
      const { id, text, createdAt } = versionOf(secret, VersionStage, VersionId);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: id,
        SecretString: text,
        VersionStages: [stageOf(secret, id)],
        CreatedDate: createdAt / 1000,
      };
    },

    DescribeSecret: ({ SecretId }: { SecretId: string }) => description(secrets.get(SecretId)),

    PutSecretValue({ SecretId, SecretString }: { SecretId: string; SecretString?: string }) {
      if (SecretString === undefined) throw new AwsError('InvalidParameterException', 'Only SecretString is kept here, no SecretBinary');
      const { arn, name, current } = secrets.put(secrets.get(SecretId).name, SecretString);
      return { ARN: arn, Name: name, VersionId: current.id, VersionStages: ['AWSCURRENT'] };
    },

    ListSecrets: () => ({ SecretList: secrets.all().map(description) }),
  });
}

const description = (secret: Secret) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  CreatedDate: secret.createdAt / 1000,
  LastChangedDate: secret.current.createdAt / 1000,
  VersionIdsToStages: Object.fromEntries(
    [secret.current, secret.previous].flatMap((version) => (version ? [[version.id, [stageOf(secret, version.id)]]] : [])),
  ),
});

const stageOf = ({ current }: Secret, versionId: string) => (versionId === current.id ? 'AWSCURRENT' : 'AWSPREVIOUS');
