// AWS::ApiGateway::Resource: one segment of a path.
import { identifier } from '../gateway/identifiers.ts';
import { restApi } from '../gateway/rest/apis.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::Resource',
  honours: ['RestApiId', 'ParentId', 'PathPart'],
  ignores: {},
  async create(resource, host) {
    const { RestApiId, ParentId, PathPart } = resource.properties;
    const id = identifier(resource, 6);
    restApi(host, RestApiId).resources.set(id, { parentId: ParentId, pathPart: PathPart });
    return { ref: id, attributes: { ResourceId: id } };
  },
};
