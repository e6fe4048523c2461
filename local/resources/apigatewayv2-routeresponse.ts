// AWS::ApiGatewayV2::RouteResponse: what the function of a route answers goes to the client (W5).
import { identifier } from '../gateway/identifiers.ts';
import { webSocketApi } from '../gateway/websocket/apis.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGatewayV2::RouteResponse',
  honours: ['ApiId', 'RouteId', 'RouteResponseKey'],
  ignores: {},
  refuses: ({ properties: { RouteResponseKey } }) =>
    RouteResponseKey === '$default' ? [] : [`RouteResponseKey ${RouteResponseKey}: $default is the only one, here as on AWS.`],
  async create(resource, host) {
    const { ApiId, RouteId } = resource.properties;
    const api = webSocketApi(host, ApiId);
    const route = [...api.routes.values()].find(({ id }) => id === RouteId);
    if (!route) throw new Error(`There is no route ${RouteId} in ${api.name}.`);
    route.responds = true;
    const id = identifier(resource, 7);
    return { ref: id, attributes: { RouteResponseId: id } };
  },
};
