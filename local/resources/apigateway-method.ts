// AWS::ApiGateway::Method: a verb of a resource and what stands behind it.
import { restApi } from '../gateway/rest/apis.ts';
import type { IntegrationDefinition } from '../gateway/rest/integration.ts';
import { integrationTypes } from '../gateway/rest/integration-types.ts';
import type { Resource, ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::Method',
  honours: [
    'RestApiId',
    'ResourceId',
    'HttpMethod',
    'Integration',
    'ApiKeyRequired',
    'AuthorizationType',
    'RequestParameters',
    'RequestValidatorId',
  ],
  ignores: {
    MethodResponses: 'they only declare what the integration responses send',
    OperationName: 'a name for generated SDKs',
    RequestModels: 'bodies are checked by the functions; a validator that wants them checked here is refused',
  },
  refuses: ({ properties }) => {
    const { AuthorizationType = 'NONE', Integration } = properties;
    const type = integrationTypes[Integration?.Type];
    return [
      ...(AuthorizationType === 'NONE'
        ? []
        : [`AuthorizationType ${AuthorizationType}: authorizers are not hosted; use NONE, or an API key.`]),
      ...(type
        ? type.refuses(Integration as IntegrationDefinition)
        : [`the integration type ${Integration?.Type}: hosted are ${Object.keys(integrationTypes).join(', ')}.`]),
    ];
  },
  async create({ properties, stack, logicalId }, host) {
    const { RestApiId, ResourceId, HttpMethod, ApiKeyRequired, RequestValidatorId } = properties;
    const api = restApi(host, RestApiId);
    const definition = properties.Integration as IntegrationDefinition;
    const type = integrationTypes[definition.Type];
    if (!type) throw new Error(`${stack}/${logicalId}: the integration type ${definition.Type} is not hosted.`);
    api.methods.push({
      resourceId: ResourceId,
      verb: HttpMethod,
      apiKeyRequired: String(ApiKeyRequired ?? false) === 'true',
      requiredParameters: api.validators.get(RequestValidatorId) ? requiredParameters(properties) : [],
      integration: type.create(definition, host),
    });
    return { ref: `${stack}-${logicalId}` };
  },
};

const requiredParameters = (properties: Resource['properties']) =>
  Object.entries(properties.RequestParameters ?? {}).flatMap(([name, required]) => (String(required) === 'true' ? [name] : []));
