// Where alarms are sent.
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export class ObservabilityStack extends Stack {
  readonly alarms: ITopic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.alarms = new Topic(this, 'Alarms', { enforceSSL: true });
    new CfnOutput(this, 'AlarmTopic', { value: this.alarms.topicArn, description: 'Subscribe to it to hear of alarms' });
  }
}
