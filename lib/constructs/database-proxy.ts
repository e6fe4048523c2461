// RDS Proxy: the connections of many environments share few of the instance.
import { type CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnDBProxyTargetGroup, ClientPasswordAuthType, DatabaseProxy, type IDatabaseInstance, ProxyTarget } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface InstanceProxyProps {
  readonly instance: IDatabaseInstance;
  readonly instanceIdentifier: string;
  readonly secrets: ISecret[];
  readonly inside: { readonly vpc: IVpc; readonly vpcSubnets: SubnetSelection; readonly securityGroups: ISecurityGroup[] };
  readonly tls: boolean;
  readonly logRetentionDays: RetentionDays;
}

/** The proxy keeps no connection open for longer than a function's environment lives idle. */
const IDLE_CLIENT_TIMEOUT = Duration.minutes(15);
/** What the proxy may take of the instance's connections: the rest is for migrations, rotation and a person who looks. */
export const PROXY_PERCENT = 90;
/** How long a query waits for a free connection before it fails: shorter than the time-out of any API, so that it is told as that. A checkout's step has less. */
const BORROW_TIMEOUT = Duration.seconds(3);

export class InstanceProxy extends Construct {
  readonly proxyName: string;
  readonly endpoint: string;
  private readonly instanceIdentifier: string;

  constructor(scope: Construct, id: string, { instance, instanceIdentifier, secrets, inside, tls, logRetentionDays }: InstanceProxyProps) {
    super(scope, id);
    // Named, so that its log group can be made before RDS makes it without retention.
    const dbProxyName = Stack.of(this).stackName;
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/rds/proxy/${dbProxyName}`,
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const proxy = new DatabaseProxy(this, 'Proxy', {
      proxyTarget: ProxyTarget.fromInstance(instance),
      dbProxyName,
      secrets,
      ...inside,
      requireTLS: tls,
      clientPasswordAuthType: ClientPasswordAuthType.MYSQL_CACHING_SHA2_PASSWORD,
      idleClientTimeout: IDLE_CLIENT_TIMEOUT,
    });
    proxy.node.addDependency(log);
    // CDK registers the instance here and now: `registerAfter` does it when that can succeed.
    if (!proxy.node.tryRemoveChild('ProxyTargetGroup')) throw new Error('CDK names the target group of a proxy otherwise now');
    this.proxyName = proxy.dbProxyName;
    this.endpoint = proxy.endpoint;
    this.instanceIdentifier = instanceIdentifier;
  }

  /**
   * CloudFormation waits until the proxy has logged in to the instance, and fails after some minutes if it cannot. It logs in as the users of its
   * secrets, all of which the migrations make: so the instance is registered in their stack, and after them.
   * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_TargetHealth.html (AUTH_FAILURE)
   */
  registerAfter(migrations: CustomResource): CfnDBProxyTargetGroup {
    const target = new CfnDBProxyTargetGroup(migrations.node.scope as Construct, 'ProxyTarget', {
      dbProxyName: this.proxyName,
      // The only one that a proxy has.
      targetGroupName: 'default',
      dbInstanceIdentifiers: [this.instanceIdentifier],
      connectionPoolConfigurationInfo: { maxConnectionsPercent: PROXY_PERCENT, connectionBorrowTimeout: BORROW_TIMEOUT.toSeconds() },
    });
    target.node.addDependency(migrations);
    return target;
  }
}
