// AWS::CloudFront::Function: code at the edge, before or after a distribution's origins.
import { cloudFrontOf } from '../gateway/cloudfront/distributions.ts';
import { edgeFunction, refusedCode } from '../gateway/cloudfront/edge-function.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::CloudFront::Function',
  honours: ['Name', 'FunctionCode', 'FunctionConfig'],
  ignores: { AutoPublish: 'the code given is the code that runs', FunctionMetadata: reasons.label, Tags: reasons.label },
  refuses: ({ properties: { FunctionCode, FunctionConfig } }) => [
    ...(FunctionConfig?.Runtime === 'cloudfront-js-2.0' ? [] : [`the runtime ${FunctionConfig?.Runtime}: use cloudfront-js-2.0.`]),
    ...(FunctionConfig?.KeyValueStoreAssociations ? ['KeyValueStoreAssociations: key value stores are not hosted.'] : []),
    ...refusedCode(String(FunctionCode)),
  ],
  async create({ properties: { Name, FunctionCode } }, host) {
    const arn = `arn:aws:cloudfront::${host.options.account}:function/${Name}`;
    cloudFrontOf(host).functions.set(arn, edgeFunction(Name, FunctionCode, host.log));
    return { ref: arn, attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: 'LIVE' } };
  },
};
