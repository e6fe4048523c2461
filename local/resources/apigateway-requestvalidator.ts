// AWS::ApiGateway::RequestValidator: required parameters are checked by the gateway, bodies by the functions.
import { identifier } from '../gateway/identifiers.ts';
import { restApi } from '../gateway/rest/apis.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::RequestValidator',
  honours: ['RestApiId', 'ValidateRequestParameters', 'ValidateRequestBody'],
  ignores: { Name: 'text for people' },
  refuses: ({ properties }) =>
    String(properties.ValidateRequestBody ?? false) === 'true'
      ? ['ValidateRequestBody: the gateway here does not check bodies against models; check them in the function.']
      : [],
  async create(resource, host) {
    const { RestApiId, ValidateRequestParameters } = resource.properties;
    const id = identifier(resource, 6);
    restApi(host, RestApiId).validators.set(id, String(ValidateRequestParameters ?? false) === 'true');
    return { ref: id, attributes: { RequestValidatorId: id } };
  },
};
