// AWS::Lambda::Version: a name for a function's code as it is. The assembly holds one code of each function, so there is one version.
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::Lambda::Version',
  honours: ['FunctionName'],
  ignores: {
    CodeSha256: 'the code is the one of the assembly',
    Description: reasons.label,
    ProvisionedConcurrencyConfig: 'one environment of each function is warm anyway',
    RuntimePolicy: 'functions run on the Node.js of this machine',
  },
  async create({ properties }, { functions }) {
    const fn = functions.find(String(properties.FunctionName));
    if (!fn) throw new Error(`There is no function ${properties.FunctionName} here to make a version of`);
    const arn = `${fn.definition.arn}:1`;
    return { ref: arn, attributes: { Version: '1', FunctionArn: arn } };
  },
};
