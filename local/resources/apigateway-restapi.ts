// AWS::ApiGateway::RestApi: an empty API that resources, methods and stages fill; it answers for its execute-api domain.
import { identifier } from '../gateway/identifiers.ts';
import { restApisOf } from '../gateway/rest/apis.ts';
import type { RestApi } from '../gateway/rest/definition.ts';
import { restOrigin } from '../gateway/rest/serve.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::RestApi',
  honours: ['Name', 'BinaryMediaTypes', 'ApiKeySourceType'],
  ignores: {
    Description: 'text for people',
    Tags: 'nothing here is billed or searched by tag',
    Policy: 'only this machine reaches the API',
    EndpointConfiguration: 'every endpoint type is the same loopback port',
    DisableExecuteApiEndpoint: 'the API has no domain of its own but this one',
    MinimumCompressionSize: 'API Gateway compresses to save transfer, which costs nothing on loopback',
    FailOnWarnings: 'imports of OpenAPI documents are refused altogether',
  },
  refuses: ({ properties }) => [
    ...(properties.ApiKeySourceType === 'AUTHORIZER' ? ['ApiKeySourceType AUTHORIZER: authorizers are not hosted; use HEADER.'] : []),
    ...mediaTypes(properties)
      .filter((type) => type.includes('*') && type !== '*/*')
      .map((type) => `the binary media type ${type}: write each type out, or */*.`),
  ],
  async create(resource, host) {
    const id = identifier(resource);
    const rootResourceId = identifier({ stack: resource.stack, logicalId: `${resource.logicalId}/` });
    const api: RestApi = {
      id,
      name: resource.properties.Name ?? resource.logicalId,
      rootResourceId,
      domain: `${id}.execute-api.${host.options.region}.amazonaws.com`,
      accountId: host.options.account,
      binaryMediaTypes: mediaTypes(resource.properties).map((type) => type.toLowerCase()),
      resources: new Map([[rootResourceId, { parentId: undefined, pathPart: '' }]]),
      methods: [],
      gatewayResponses: new Map(),
      validators: new Map(),
      deployments: new Map(),
      stages: new Map(),
    };
    restApisOf(host).set(id, api);
    host.origins.register(api.domain, restOrigin(api, host));
    return { ref: id, attributes: { RootResourceId: rootResourceId, RestApiId: id } };
  },
};

const mediaTypes = (properties: Readonly<Record<string, unknown>>) => (properties.BinaryMediaTypes ?? []) as readonly string[];
