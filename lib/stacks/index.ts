// The stacks of a stage, by lifetime: what changes rarely comes first, what is deployed daily last.
import { type App, Stage, Tags } from 'aws-cdk-lib';
import { RestApiOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Config } from '../config.ts';
import { ConsoleStack } from './console.ts';
import { DataStack } from './data.ts';
import { addGateway } from './gateway.ts';
import { NetworkStack } from './network.ts';
import { ObservabilityStack } from './observability.ts';
import { SystemsStack } from './systems.ts';

export function addStacks(app: App, config: Config): void {
  const name = (part: string) => `stackyard-${config.stage}-${part}`;
  const network = config.data.kind === 'managed' ? new NetworkStack(app, name('network'), config.data) : undefined;
  const observability = new ObservabilityStack(app, name('observability'));
  const data = new DataStack(app, name('data'), { config, network });
  const systems = new SystemsStack(app, name('systems'), { config, network, data, alarms: observability.alarms });
  if (config.data.kind === 'external') addGateway(new Stage(app, 'gateway'), config, config.data);
  else if (systems.webSocket)
    new ConsoleStack(app, name('console'), {
      rest: new RestApiOrigin(systems.api),
      webSocketDomain: systems.webSocket.domain,
      pictures: data.pictures,
      retainData: config.retainData,
    });
  // CloudFormation knows no tags of a proxy's target group, though CDK writes them.
  const taggable = { excludeResourceTypes: ['AWS::RDS::DBProxyTargetGroup'] };
  Tags.of(app).add('application', 'stackyard', taggable);
  Tags.of(app).add('stage', config.stage, taggable);
}
