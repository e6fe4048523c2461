// The stacks of a stage, by lifetime: what changes rarely comes first, what is deployed daily last.
import { type App, Tags } from 'aws-cdk-lib';
import type { Config } from '../config.ts';
import { ConsoleStack } from './console.ts';
import { DataStack } from './data.ts';
import { NetworkStack } from './network.ts';
import { ObservabilityStack } from './observability.ts';
import { SystemsStack } from './systems.ts';

export function addStacks(app: App, config: Config): void {
  const name = (part: string) => `stackyard-${config.stage}-${part}`;
  const network = config.data.kind === 'managed' ? new NetworkStack(app, name('network'), config.data) : undefined;
  const observability = new ObservabilityStack(app, name('observability'));
  const data = new DataStack(app, name('data'), { config, network });
  const systems = new SystemsStack(app, name('systems'), { config, network, data, alarms: observability.alarms });
  // LocalStack's free edition has no CloudFront; its gateway sidecar serves the pages.
  if (config.stage !== 'localstack')
    new ConsoleStack(app, name('console'), {
      api: systems.api,
      webSocket: systems.webSocket,
      pictures: data.pictures,
      retainData: config.retainData,
    });
  // CloudFormation knows no tags of a proxy's target group, though CDK writes them.
  const taggable = { excludeResourceTypes: ['AWS::RDS::DBProxyTargetGroup'] };
  Tags.of(app).add('application', 'stackyard', taggable);
  Tags.of(app).add('stage', config.stage, taggable);
}
