// AWS::Lambda::Alias: another name for the one version of a function.
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::Lambda::Alias',
  honours: ['FunctionName', 'Name'],
  ignores: {
    Description: reasons.label,
    FunctionVersion: 'there is one version of each function',
    ProvisionedConcurrencyConfig: 'one environment of each function is warm anyway',
    RoutingConfig: 'there is one version of each function',
  },
  async create({ properties }, { functions }) {
    const fn = functions.find(String(properties.FunctionName));
    if (!fn) throw new Error(`There is no function ${properties.FunctionName} here to make an alias of`);
    const arn = `${fn.definition.arn}:${properties.Name}`;
    return { ref: arn, attributes: { AliasArn: arn } };
  },
};
