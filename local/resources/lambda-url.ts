// AWS::Lambda::Url: an address of a function's own.
import { join } from 'node:path';
import { functionUrl } from '../gateway/function-url/server.ts';
import { identifier } from '../gateway/identifiers.ts';
import type { ResourceModule } from './resource.ts';

/** What requests in flight get before they are cut off. */
const GRACE_MS = 10_000;

export const module: ResourceModule = {
  type: 'AWS::Lambda::Url',
  honours: ['AuthType', 'InvokeMode', 'TargetFunctionArn'],
  ignores: { Qualifier: 'there is one version of each function' },
  refuses: ({ properties: { AuthType, InvokeMode = 'BUFFERED' } }) => [
    ...(AuthType === 'NONE' ? [] : [`AuthType ${AuthType}: signatures are not checked here, so only NONE would mean what it says.`]),
    ...(InvokeMode === 'BUFFERED' ? [] : [`InvokeMode ${InvokeMode}: answers are not streamed here, only BUFFERED is supported.`]),
  ],
  async create(resource, { functions, options, log }) {
    const fn = functions.find(String(resource.properties.TargetFunctionArn));
    if (!fn) throw new Error(`There is no function ${resource.properties.TargetFunctionArn} here to make a URL of`);
    const id = identifier(resource, 24);
    const { url, stop } = await functionUrl({ id, fn, dir: join(options.dataDir, 'lambda', 'urls', id), log });
    const { arn } = fn.definition;
    return { ref: arn, attributes: { FunctionArn: arn, FunctionUrl: url }, stop: () => stop(GRACE_MS) };
  },
};
