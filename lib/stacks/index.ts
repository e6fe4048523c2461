// The stacks of a stage, by lifetime: what changes rarely comes first, what is deployed daily last.
import { type App, CfnOutput, CrossStackReferences, ReferenceStrength, Stack, Stage, Tags } from 'aws-cdk-lib';
import { RestApiOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Config } from '../config.ts';
import { withKey } from '../constructs/origin-key.ts';
import { AlertsStack } from './alerts.ts';
import { ConsoleStack } from './console.ts';
import { DataStack } from './data.ts';
import { EdgeStack } from './edge.ts';
import { addGateway } from './gateway.ts';
import { NetworkStack } from './network.ts';
import { ObservabilityStack } from './observability.ts';
import { SystemsStack } from './systems.ts';

export function addStacks(app: App, config: Config): void {
  // Emulators know exports only.
  if (config.data.kind === 'external') CrossStackReferences.of(app).consume(ReferenceStrength.STRONG);
  const name = (part: string) => `stackyard-${config.stage}-${part}`;
  const network = config.data.kind === 'managed' ? new NetworkStack(app, name('network'), config, config.data) : undefined;
  const alerts = new AlertsStack(app, name('alerts'), { config });
  const data = new DataStack(app, name('data'), { config, network });
  const systems = new SystemsStack(app, name('systems'), { config, network, data, alarms: alerts.alarms });
  if (config.data.kind === 'external') addGateway(new Stage(app, 'gateway'), config, config.data);
  else if (systems.webSocket) {
    const edge = config.edge.firewall ? new EdgeStack(app, name('edge'), config) : undefined;
    const console = new ConsoleStack(app, name('console'), {
      rest: new RestApiOrigin(systems.api, withKey(systems.originKey)),
      webSocketDomain: systems.webSocket.domain,
      pictures: data.pictures,
      config,
      webAclArn: edge?.webAclArn,
    });
    if (edge) console.addStackDependency(edge);
  }
  if (network && config.data.kind === 'managed')
    new ObservabilityStack(app, name('observability'), { config, managed: config.data, network, data, systems, alarms: alerts.alarms });
  // CloudFormation knows no tags of a proxy's target group, though CDK writes them.
  const taggable = { excludeResourceTypes: ['AWS::RDS::DBProxyTargetGroup'] };
  // CloudFormation leaves alone what has not changed, and looks at no reference of it.
  for (const stack of app.node.findAll().filter((each) => each instanceof Stack))
    new CfnOutput(stack, 'Generation', { value: String(config.generation) });
  Tags.of(app).add('application', 'stackyard', taggable);
  Tags.of(app).add('stage', config.stage, taggable);
}
