// MySQL, with a proxy where the stage has one; a schema, a user and a secret a service.
import { type CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CaCertificate,
  Credentials,
  DatabaseInstance,
  DatabaseSecret,
  ParameterGroup,
  PerformanceInsightRetention,
  StorageType,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IDependable } from 'constructs';
import type { ManagedData } from '../config.ts';
import type { NetworkStack } from '../stacks/network.ts';
import { accept } from './accepted.ts';
import { type DatabaseAccess, grantAdministration, grantRotation, grantSchema } from './database-access.ts';
import { engine, parameters } from './database-engine.ts';
import { InstanceProxy } from './database-proxy.ts';
import { type Service, services } from './services.ts';

export type DatabaseProps = ManagedData['database'] & {
  readonly tls: boolean;
  readonly network: NetworkStack;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetentionDays: RetentionDays;
};

/** Storage grows by itself up to this multiple; it can never shrink. */
const STORAGE_GROWTH = 5;
/** Of these sizes RDS has no Performance Insights. */
const TOO_SMALL_FOR_INSIGHTS = /\.(micro|small)$/;

export class Database extends Construct implements DatabaseAccess {
  /** Dimension `DBInstanceIdentifier` of `AWS/RDS`. */
  readonly instanceIdentifier: string;
  /** Dimension `ProxyName` of `AWS/RDS`; undefined where there is no proxy. */
  readonly proxyName: string | undefined;
  private readonly proxy: InstanceProxy | undefined;
  private readonly admin: ISecret;
  private readonly secrets: Record<Service, ISecret>;
  /** Where functions connect to. */
  private readonly host: string;
  private readonly tls: boolean;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { instanceType, storageGb, multiAz, backupDays, tls, network, removalPolicy } = props;
    this.tls = tls;
    const inside = { vpc: network.vpc, vpcSubnets: { subnets: network.dataSubnets }, securityGroups: [network.database] };
    // Named, so that its log groups can be made before RDS makes them without retention.
    this.instanceIdentifier = Stack.of(this).stackName;
    const logs = this.logGroups(props.logRetentionDays, removalPolicy);
    const instance = new DatabaseInstance(this, 'Instance', {
      instanceIdentifier: this.instanceIdentifier,
      engine,
      ...inside,
      // CDK's own would go with the stack, while an instance that stays is still in it.
      subnetGroup: new SubnetGroup(this, 'Subnets', { description: 'Private subnets of the database', ...inside, removalPolicy }),
      instanceType: new InstanceType(instanceType),
      storageType: StorageType.GP3,
      allocatedStorage: storageGb,
      maxAllocatedStorage: storageGb * STORAGE_GROWTH,
      multiAz,
      storageEncrypted: true,
      // In the bundle that mysql2 brings with `ssl: 'Amazon RDS'`.
      caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
      credentials: Credentials.fromGeneratedSecret('stackyard_admin'),
      parameterGroup: new ParameterGroup(this, 'Parameters', { engine, removalPolicy, parameters: parameters(tls) }),
      autoMinorVersionUpgrade: true,
      cloudwatchLogsExports: Object.keys(logs),
      ...(TOO_SMALL_FOR_INSIGHTS.test(instanceType)
        ? {}
        : { enablePerformanceInsights: true, performanceInsightRetention: PerformanceInsightRetention.DEFAULT }),
      backupRetention: Duration.days(backupDays),
      deleteAutomatedBackups: removalPolicy === RemovalPolicy.DESTROY,
      deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
      removalPolicy,
    });
    instance.node.addDependency(...Object.values(logs));
    accept(instance, {
      id: 'AwsSolutions-RDS11',
      reason: 'Who may reach the port is said by security groups; another number would hide it from nobody',
    });
    this.admin = instance.secret as ISecret;
    this.secrets = Object.fromEntries(
      services.map((service) => {
        const secret = new DatabaseSecret(this, `${service}Secret`, { username: `stackyard_${service}`, dbname: service });
        return [service, secret.attach(instance)];
      }),
    ) as Record<Service, ISecret>;
    this.keepSecrets(removalPolicy);
    const { instanceIdentifier, secrets } = this;
    this.proxy = props.proxy
      ? new InstanceProxy(this, 'Proxy', { ...props, instance, instanceIdentifier, secrets: Object.values(secrets), inside })
      : undefined;
    this.proxyName = this.proxy?.proxyName;
    this.host = this.proxy?.endpoint ?? instance.dbInstanceEndpointAddress;
  }

  /** What functions have to wait for that go to the database. */
  readyAfter(migrations: CustomResource): IDependable[] {
    return this.proxy ? [migrations, this.proxy.registerAfter(migrations)] : [migrations];
  }

  grantSchema(service: Service, fn: LambdaFunction): void {
    grantSchema(fn, { secret: this.secrets[service], host: this.host, tls: this.tls });
  }

  /** The function talks to the instance itself, because its lock would pin a proxied session. */
  grantAdministration(fn: LambdaFunction): void {
    grantAdministration(fn, { admin: this.admin, services: Object.values(this.secrets), tls: this.tls });
  }

  /** Lets a function change the password of every secret here, which it gives. */
  grantRotation(fn: LambdaFunction): Readonly<Record<string, ISecret>> {
    grantRotation(fn, { admin: this.admin, services: Object.values(this.secrets), tls: this.tls });
    return { admin: this.admin, ...this.secrets };
  }

  /** They stay with the instance, which would else make them anew, without retention. */
  private logGroups(retention: RetentionDays, removalPolicy: RemovalPolicy): Record<string, LogGroup> {
    const group = (kind: string) =>
      new LogGroup(this, `${kind}Log`, {
        logGroupName: `/aws/rds/instance/${this.instanceIdentifier}/${kind}`,
        retention,
        removalPolicy,
      });
    return { error: group('error'), slowquery: group('slowquery') };
  }

  /** A database that stays is of no use without the passwords to it. */
  private keepSecrets(removalPolicy: RemovalPolicy): void {
    for (const construct of this.node.findAll())
      if (construct instanceof DatabaseSecret) {
        construct.applyRemovalPolicy(removalPolicy);
        accept(construct, {
          id: 'AwsSolutions-SMG4',
          reason: 'It rotates every 30 days: the schedule is in the stack of the function that does it, where this rule does not look',
        });
      }
  }
}
