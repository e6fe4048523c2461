// AWS::ApiGateway::UsagePlanKey: puts an API key into a usage plan.
import { apiKeysOf } from '../gateway/api-keys.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::UsagePlanKey',
  honours: ['KeyId', 'KeyType', 'UsagePlanId'],
  ignores: {},
  async create({ properties }, host) {
    const { KeyId, UsagePlanId } = properties;
    apiKeysOf(host).join(UsagePlanId, KeyId);
    return { ref: `${KeyId}:${UsagePlanId}`, attributes: { Id: `${KeyId}:${UsagePlanId}` } };
  },
};
