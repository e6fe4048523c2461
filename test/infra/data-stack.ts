// The data of a stage with its network, and nothing else.
import { Template } from 'aws-cdk-lib/assertions';
import type { Config } from '../../lib/config.ts';
import { DataStack } from '../../lib/stacks/data.ts';
import { NetworkStack } from '../../lib/stacks/network.ts';
import { testApp } from './stage.ts';

export function dataStackOf(config: Config): DataStack {
  const app = testApp();
  const network = config.data.kind === 'managed' ? new NetworkStack(app, 'network', config, config.data) : undefined;
  return new DataStack(app, 'data', { config, network });
}

export const dataOf = (config: Config): Template => Template.fromStack(dataStackOf(config));
