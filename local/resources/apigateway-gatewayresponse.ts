// AWS::ApiGateway::GatewayResponse: the API's own words for what the gateway answers by itself.

import { restApi } from '../gateway/rest/apis.ts';
import { refusedMappings } from '../gateway/rest/gateway-responses.ts';
import type { Resource, ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::GatewayResponse',
  honours: ['RestApiId', 'ResponseType', 'StatusCode', 'ResponseParameters', 'ResponseTemplates'],
  ignores: {},
  refuses: ({ properties }) => refusedMappings(mappings(properties)),
  async create({ stack, logicalId, properties }, host) {
    const { RestApiId, ResponseType, StatusCode } = properties;
    restApi(host, RestApiId).gatewayResponses.set(ResponseType, {
      statusCode: StatusCode === undefined ? undefined : Number(StatusCode),
      ...mappings(properties),
    });
    return { ref: `${stack}-${logicalId}`, attributes: { Id: `${stack}-${logicalId}` } };
  },
};

const mappings = (properties: Resource['properties']) => ({
  parameters: (properties.ResponseParameters ?? {}) as Readonly<Record<string, string>>,
  templates: (properties.ResponseTemplates ?? {}) as Readonly<Record<string, string>>,
});
