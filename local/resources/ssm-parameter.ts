// AWS::SSM::Parameter
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::SSM::Parameter',
  honours: ['Name', 'Type', 'Value'],
  ignores: {
    AllowedPattern: 'the value is checked where it is deployed',
    DataType: 'only text is kept here',
    Description: reasons.label,
    Policies: 'nothing expires here',
    Tags: reasons.label,
    Tier: reasons.capacity,
  },
  async create(resource, { parameters }) {
    const { Name, Type, Value } = resource.properties;
    const { name, type, value } = parameters.provision(String(Name ?? physicalName(resource, 1011)), String(Value), Type);
    return { ref: name, attributes: { Type: type, Value: value } };
  },
};
