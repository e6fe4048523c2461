// AWS::SecretsManager::SecretTargetAttachment: writes where the database is into its secret (E5).
import { databases } from '../services/databases.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::SecretsManager::SecretTargetAttachment',
  honours: ['SecretId', 'TargetId', 'TargetType'],
  ignores: {},
  refuses: ({ properties: { TargetType } }) =>
    TargetType === 'AWS::RDS::DBInstance' ? [] : [`TargetType ${TargetType}: secrets are attached to AWS::RDS::DBInstance only here`],
  async create({ properties: { SecretId, TargetId } }, { secrets, backends }) {
    const database = databases(backends).get(TargetId);
    if (!database) throw new Error(`There is no database ${TargetId} to attach the secret to`);
    const { name, arn, current } = secrets.get(SecretId);
    const { username, ...place } = database;
    // A user of its own that the secret names already stays: several secrets may share one database.
    secrets.put(name, JSON.stringify({ username, ...JSON.parse(current.text), ...place, dbInstanceIdentifier: TargetId }));
    return { ref: arn };
  },
};
