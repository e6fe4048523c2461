// Where alarms are sent, and the budget.
import { Annotations, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { monthlyBudget } from '../constructs/budget.ts';

export interface AlertsProps {
  readonly config: Config;
}

export class AlertsStack extends Stack {
  readonly alarms: ITopic;

  constructor(scope: Construct, id: string, { config }: AlertsProps) {
    super(scope, id);
    const onAws = config.data.kind === 'managed';
    const topic = new Topic(this, 'Alarms', { enforceSSL: true, ...(onAws ? { masterKey: this.key() } : {}) });
    this.alarms = topic;
    if (config.alerts.email) topic.addSubscription(new EmailSubscription(config.alerts.email));
    else if (onAws && config.stage !== 'local')
      Annotations.of(this).addWarningV2(
        'stackyard:nobodyHears',
        `Nobody hears of alarms or of the budget of ${config.stage}: name an address with -c alertsEmail=… or as alerts.email in lib/config.ts`,
      );
    // With a policy of its own, which the requirement of TLS makes, a topic no longer trusts its account's alarms by itself.
    this.allow(topic, 'cloudwatch.amazonaws.com', this.formatArn({ service: 'cloudwatch', resource: 'alarm:*', resourceName: undefined }));
    if (onAws) {
      const budgets = `arn:${this.partition}:budgets::${this.account}:*`;
      this.allow(topic, 'budgets.amazonaws.com', budgets);
      monthlyBudget(this, 'Budget', { stage: config.stage, usd: config.alerts.monthlyBudgetUsd, topic });
    }
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn, description: 'Subscribe to it to hear of alarms' });
  }

  /** CloudWatch and Budgets cannot use the key that AWS manages for SNS: its policy lets in no service, and alarms would be lost without a word. */
  private key(): IKey {
    const key = new Key(this, 'Key', {
      description: 'Encrypts what alarms say',
      enableKeyRotation: true,
      // It protects nothing that is kept: notifications are gone once they are delivered.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com'), new ServicePrincipal('budgets.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // In the policy of a key this is the key itself.
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    return key;
  }

  private allow(topic: Topic, service: string, source: string): void {
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(service)],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account }, ArnLike: { 'aws:SourceArn': source } },
      }),
    );
  }
}
