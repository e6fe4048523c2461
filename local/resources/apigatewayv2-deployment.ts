// AWS::ApiGatewayV2::Deployment: the routes as they stand now; stages without AutoDeploy serve this, not what is added later.
import { identifier } from '../gateway/identifiers.ts';
import { webSocketApi } from '../gateway/websocket/apis.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGatewayV2::Deployment',
  honours: ['ApiId'],
  ignores: { Description: reasons.label },
  async create(resource, host) {
    const api = webSocketApi(host, resource.properties.ApiId);
    // AWS's own words; without DependsOn the deployment may come before the routes, here as there.
    if (api.routes.size === 0)
      throw new Error('At least one route is required before deploying the Api: let the deployment depend on them.');
    const id = identifier(resource, 6);
    api.deployments.set(id, new Map([...api.routes].map(([key, route]) => [key, { ...route }])));
    return { ref: id, attributes: { DeploymentId: id } };
  },
};
