// AWS::ApiGateway::Account: lets API Gateway write to CloudWatch, which is not here.
import { identifier } from '../gateway/identifiers.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::Account',
  honours: [],
  ignores: { CloudWatchRoleArn: 'requests are logged by this host, not by CloudWatch' },
  create: async (resource) => ({ ref: identifier(resource), attributes: { Id: identifier(resource) } }),
};
