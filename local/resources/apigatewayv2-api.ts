// AWS::ApiGatewayV2::Api: an empty WebSocket API that integrations, routes and stages fill; it answers for its execute-api domain.
import { identifier } from '../gateway/identifiers.ts';
import { webSocketApisOf } from '../gateway/websocket/apis.ts';
import { connections } from '../gateway/websocket/connections.ts';
import type { WebSocketApi } from '../gateway/websocket/definition.ts';
import { managementServer } from '../gateway/websocket/management-server.ts';
import { selectionPath } from '../gateway/websocket/selection.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGatewayV2::Api',
  honours: ['Name', 'ProtocolType', 'RouteSelectionExpression'],
  ignores: {
    ApiKeySelectionExpression: 'routes that ask for an API key are refused',
    Description: reasons.label,
    DisableExecuteApiEndpoint: 'the API has no domain of its own but this one',
    IpAddressType: reasons.network,
    Tags: reasons.label,
    Version: reasons.label,
  },
  refuses: ({ properties: { ProtocolType, RouteSelectionExpression } }) =>
    ProtocolType === 'WEBSOCKET'
      ? selectionPath(String(RouteSelectionExpression))
        ? []
        : [`RouteSelectionExpression ${RouteSelectionExpression}: only \`$request.body.name\`, also nested, is evaluated here.`]
      : [`ProtocolType ${ProtocolType}: only WEBSOCKET is hosted; make an HTTP API a REST API (AWS::ApiGateway::RestApi).`],
  async create(resource, host) {
    const { Name, RouteSelectionExpression } = resource.properties;
    const id = identifier(resource);
    // Loaded only for an assembly that has such an API, as it brings the WebSocket library along.
    const [{ webSocketOrigin }, management] = await Promise.all([
      import('../gateway/websocket/origin.ts'),
      managementServer(host.options.addresses),
    ]);
    const { manage } = await import('../gateway/websocket/management.ts');
    const api: WebSocketApi = {
      id,
      name: String(Name ?? resource.logicalId),
      domain: `${id}.execute-api.${host.options.region}.amazonaws.com`,
      managementUrl: management.url,
      selection: selectionPath(String(RouteSelectionExpression)) ?? [],
      integrations: new Map(),
      routes: new Map(),
      deployments: new Map(),
      stages: new Map(),
      connections: connections(),
    };
    management.serve(manage(api));
    webSocketApisOf(host).set(id, api);
    host.origins.register(api.domain, webSocketOrigin(api, host));
    return {
      ref: id,
      attributes: { ApiId: id, ApiEndpoint: `wss://${api.domain}` },
      // Its connections end with the edge.
      stop: () => management.stop(),
    };
  },
};
