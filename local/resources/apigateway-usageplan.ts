// AWS::ApiGateway::UsagePlan: the stages that its keys open.
import { apiKeysOf } from '../gateway/api-keys.ts';
import { identifier } from '../gateway/identifiers.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::UsagePlan',
  honours: ['ApiStages'],
  ignores: {
    UsagePlanName: 'text for people',
    Description: 'text for people',
    Tags: 'nothing here is billed or searched by tag',
    Throttle: 'there is one user here, and load tests must measure the functions',
    Quota: 'there is one user here, and load tests must measure the functions',
  },
  async create(resource, host) {
    const stages: readonly { ApiId: string; Stage: string }[] = resource.properties.ApiStages ?? [];
    const id = identifier(resource, 6);
    apiKeysOf(host).addPlan(
      id,
      stages.map(({ ApiId, Stage }) => `${ApiId}/${Stage}`),
    );
    return { ref: id, attributes: { Id: id } };
  },
};
