// Versions of a secret in Secrets Manager.
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { secretsManager } from '../../shared/aws.ts';
import { readSecret } from '../../shared/secret.ts';
import { AdminSecret } from '../administrator.ts';
import type { Versions } from './steps.ts';

/** What the secret says beside the login (`engine`, `dbInstanceIdentifier`) belongs to it, and is kept. */
const Whole = AdminSecret.loose();

export const versionsOf = (SecretId: string): Versions => ({
  stages: async () => (await secretsManager().send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages ?? {},

  current: () => readSecret(SecretId, Whole),

  async pending(VersionId) {
    try {
      const { SecretString } = await secretsManager().send(new GetSecretValueCommand({ SecretId, VersionId, VersionStage: 'AWSPENDING' }));
      return Whole.parse(JSON.parse(SecretString ?? 'null'));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },

  async putPending(ClientRequestToken, login) {
    const request = { SecretId, ClientRequestToken, SecretString: JSON.stringify(login), VersionStages: ['AWSPENDING'] };
    try {
      await secretsManager().send(new PutSecretValueCommand(request));
    } catch (error) {
      // The same step, run beside this one, was faster with another password: that is the one.
      if (!(error instanceof ResourceExistsException)) throw error;
    }
  },

  async makeCurrent(MoveToVersionId, RemoveFromVersionId) {
    const request = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId, RemoveFromVersionId };
    await secretsManager().send(new UpdateSecretVersionStageCommand(request));
  },
});
