// AWS::ApiGateway::Deployment: routes and gateway responses as they stand now; stages serve this, not what is added later.
import { identifier } from '../gateway/identifiers.ts';
import { restApi } from '../gateway/rest/apis.ts';
import { compileRoutes } from '../gateway/rest/routes.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::Deployment',
  honours: ['RestApiId'],
  ignores: { Description: 'text for people' },
  async create(resource, host) {
    const api = restApi(host, resource.properties.RestApiId);
    // AWS's own words; without DependsOn the deployment may come before the methods, here as there.
    if (api.methods.length === 0)
      throw new Error("The REST API doesn't contain any methods: let the deployment depend on them (DependsOn).");
    const id = identifier(resource, 6);
    api.deployments.set(id, { routes: compileRoutes(api.resources, api.methods), gatewayResponses: new Map(api.gatewayResponses) });
    return { ref: id, attributes: { DeploymentId: id } };
  },
};
