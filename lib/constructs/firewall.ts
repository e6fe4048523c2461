// AWS WAF before CloudFront, or before an API that is called by its own address.
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { answers, rules } from '../firewall/rules.ts';
import { measured, withoutSecrets } from '../firewall/visibility.ts';

export interface FirewallProps {
  readonly config: Pick<Config, 'stage' | 'functions'>;
  /** CloudFront's is made in us-east-1, whatever the region of the rest. */
  readonly scope: 'CLOUDFRONT' | 'REGIONAL';
}

export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { config, scope: place }: FirewallProps) {
    super(scope, id);
    const name = `stackyard-${config.stage}-${place.toLowerCase()}`;
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: place,
      defaultAction: { allow: {} },
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: measured(`${name}-${rule.name}`) })),
      customResponseBodies: Object.fromEntries(
        Object.entries(answers).map(([key, { message }]) => [
          key,
          { contentType: 'APPLICATION_JSON', content: JSON.stringify({ message }) },
        ]),
      ),
      visibilityConfig: measured(name),
      dataProtectionConfig: withoutSecrets,
    });
    this.arn = acl.attrArn;
    // AWS WAF writes to groups of this prefix alone, and gives itself the permission.
    const group = new LogGroup(this, 'Logs', {
      logGroupName: `aws-waf-logs-${name}`,
      retention: config.functions.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [arnOf(group)],
      // What was let in has a line in the API's own log.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
      },
    });
  }
}

/** Without the `:*` that CloudFormation's own attribute ends with, and AWS WAF does not take. */
const arnOf = (group: LogGroup): string =>
  Stack.of(group).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: group.logGroupName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
