// AWS::ApiGateway::ApiKey: the value is the template's, or drawn once and kept under the data folder.
import { apiKeysOf, keptValue } from '../gateway/api-keys.ts';
import { identifier } from '../gateway/identifiers.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::ApiKey',
  honours: ['Name', 'Value', 'Enabled'],
  ignores: {
    Description: 'text for people',
    Tags: 'nothing here is billed or searched by tag',
    CustomerId: 'an id for the AWS Marketplace',
    GenerateDistinctId: 'ids are made from the logical id',
    StageKeys: 'deprecated by AWS: usage plans tell which stages a key opens',
  },
  async create(resource, host) {
    const { Name, Value, Enabled } = resource.properties;
    const id = identifier(resource);
    const value = Value ?? keptValue(host.options.dataDir, id);
    // A key that the template does not enable is disabled, as on AWS.
    apiKeysOf(host).add({ id, name: Name ?? resource.logicalId, value, enabled: String(Enabled ?? false) === 'true' });
    return { ref: id, attributes: { APIKeyId: id, Value: value } };
  },
};
