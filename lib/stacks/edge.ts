// What CloudFront wants to find in us-east-1, wherever the rest is.
import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Firewall } from '../constructs/firewall.ts';

const REGION = 'us-east-1';
const WEB_ACL = 'WebAclArn';

export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { env: { region: REGION } });
    const { arn } = new Firewall(this, 'Firewall', { config, scope: 'CLOUDFRONT' });
    new CfnOutput(this, WEB_ACL, { value: arn, description: 'Of the firewall before CloudFront' });
  }

  /** For stacks of any region. CDK would write the same, but only for stacks whose region is named when they are synthesized. */
  get webAclArn(): string {
    return Fn.getStackOutput(this.stackName, WEB_ACL, REGION);
  }
}
