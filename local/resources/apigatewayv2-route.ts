// AWS::ApiGatewayV2::Route: the messages of one kind, and what stands behind them.
import { identifier } from '../gateway/identifiers.ts';
import { webSocketApi } from '../gateway/websocket/apis.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGatewayV2::Route',
  honours: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'ApiKeyRequired', 'RouteResponseSelectionExpression'],
  ignores: { OperationName: reasons.label },
  refuses: ({ properties }) => {
    const { AuthorizationType = 'NONE', ApiKeyRequired = false, RouteResponseSelectionExpression = '$default', Target } = properties;
    return [
      ...(AuthorizationType === 'NONE' ? [] : [`AuthorizationType ${AuthorizationType}: authorizers are not hosted; use NONE.`]),
      ...(String(ApiKeyRequired) === 'true' ? ['ApiKeyRequired: WebSocket APIs here know no API keys.'] : []),
      ...(RouteResponseSelectionExpression === '$default'
        ? []
        : [`RouteResponseSelectionExpression ${RouteResponseSelectionExpression}: $default is the only one, here as on AWS.`]),
      ...(/^integrations\/./.test(String(Target)) ? [] : [`its Target ${Target} is no integration; give \`integrations/<id>\`.`]),
    ];
  },
  async create(resource, host) {
    const { ApiId, RouteKey: key, Target } = resource.properties;
    const api = webSocketApi(host, ApiId);
    const integration = api.integrations.get(String(Target).slice('integrations/'.length));
    if (!integration) throw new Error(`The route ${key} has the target ${Target}, which ${api.name} does not have.`);
    const id = identifier(resource, 7);
    api.routes.set(key, { id, key, integration, responds: false });
    return { ref: id, attributes: { RouteId: id } };
  },
};
