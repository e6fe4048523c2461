// AWS::ApiGateway::Model: a schema for documentation and generated SDKs; nothing here reads it.
import type { ResourceModule } from './resource.ts';

const documentation = 'models document an API; a validator that checks bodies against them is refused';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::Model',
  honours: ['Name'],
  ignores: { RestApiId: documentation, ContentType: documentation, Schema: documentation, Description: documentation },
  create: async ({ stack, logicalId, properties }) => ({ ref: properties.Name ?? `${stack}${logicalId}` }),
};
