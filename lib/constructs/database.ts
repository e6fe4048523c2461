// MySQL with a proxy; a schema, a user and a secret a service.
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ClientPasswordAuthType,
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  type DatabaseProxy,
  DatabaseSecret,
  MysqlEngineVersion,
  ParameterGroup,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { NetworkStack } from '../stacks/network.ts';
import { type DatabaseAccess, grantAdministration, grantSchema } from './database-access.ts';
import { type Service, services } from './services.ts';

export interface DatabaseProps {
  readonly instanceType: string;
  readonly storageGb: number;
  readonly multiAz: boolean;
  readonly tls: boolean;
  readonly network: NetworkStack;
  readonly removalPolicy: RemovalPolicy;
}

/** The proxy keeps no connection open for longer than a function's environment lives idle. */
const IDLE_CLIENT_TIMEOUT = Duration.minutes(15);

export class Database extends Construct implements DatabaseAccess {
  private readonly admin: ISecret;
  private readonly secrets: Record<Service, ISecret>;
  private readonly proxy: DatabaseProxy;
  private readonly tls: boolean;

  constructor(scope: Construct, id: string, { instanceType, storageGb, multiAz, tls, network, removalPolicy }: DatabaseProps) {
    super(scope, id);
    this.tls = tls;
    const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_8 });
    const inside = { vpc: network.vpc, vpcSubnets: { subnets: network.dataSubnets }, securityGroups: [network.database] };
    const instance = new DatabaseInstance(this, 'Instance', {
      engine,
      ...inside,
      instanceType: new InstanceType(instanceType),
      allocatedStorage: storageGb,
      multiAz,
      storageEncrypted: true,
      credentials: Credentials.fromGeneratedSecret('stackyard_admin'),
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine,
        parameters: {
          require_secure_transport: tls ? '1' : '0',
          character_set_server: 'utf8mb4',
          collation_server: 'utf8mb4_bin',
          // No longer than a saga's step may take: it is tried again, where waiting on would let its caller time out.
          innodb_lock_wait_timeout: '2',
        },
      }),
      backupRetention: Duration.days(7),
      deletionProtection: removalPolicy === 'retain',
      removalPolicy,
    });
    this.admin = instance.secret as ISecret;
    this.secrets = Object.fromEntries(
      services.map((service) => {
        const secret = new DatabaseSecret(this, `${service}Secret`, { username: `stackyard_${service}`, dbname: service });
        return [service, secret.attach(instance)];
      }),
    ) as Record<Service, ISecret>;
    this.proxy = instance.addProxy('Proxy', {
      secrets: Object.values(this.secrets),
      ...inside,
      requireTLS: tls,
      clientPasswordAuthType: ClientPasswordAuthType.MYSQL_CACHING_SHA2_PASSWORD,
      idleClientTimeout: IDLE_CLIENT_TIMEOUT,
    });
  }

  grantSchema(service: Service, fn: LambdaFunction): void {
    grantSchema(fn, { secret: this.secrets[service], host: this.proxy.endpoint, tls: this.tls });
  }

  /** The function talks to the instance itself, because its lock would pin a proxied session. */
  grantAdministration(fn: LambdaFunction): void {
    grantAdministration(fn, { admin: this.admin, services: Object.values(this.secrets), tls: this.tls });
  }
}
