// Private subnets for everything that holds data, and one security group a tier.
import { Fn, Stack } from 'aws-cdk-lib';
import { type ISecurityGroup, type ISubnet, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ManagedData } from '../config.ts';

const MYSQL = Port.tcp(3306);
const REDIS = Port.tcp(6379);
/** MSK's port for IAM over TLS. */
const KAFKA = Port.tcp(9098);

/** RDS, ElastiCache and MSK each need two zones; three brokers use three. */
const ZONES = 3;

export class NetworkStack extends Stack {
  readonly vpc: Vpc;
  readonly functions: ISecurityGroup;
  readonly database: ISecurityGroup;
  readonly cache: ISecurityGroup;
  readonly kafka: ISecurityGroup;

  constructor(scope: Construct, id: string, { natGateways }: ManagedData) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      maxAzs: ZONES,
      natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
        { name: 'functions', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
        { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      restrictDefaultSecurityGroup: false,
    });
    const functions = new SecurityGroup(this, 'Functions', { vpc: this.vpc, description: 'Lambda functions' });
    const tier = (name: string, port: Port) => {
      const group = new SecurityGroup(this, name, { vpc: this.vpc, description: name, allowAllOutbound: name === 'Kafka' });
      group.addIngressRule(functions, port, 'from functions');
      return group;
    };
    const [database, cache, kafka] = [tier('Database', MYSQL), tier('Cache', REDIS), tier('Kafka', KAFKA)];
    // Proxy to instance, and broker to broker with Lambda's pollers, stay inside one group.
    database.addIngressRule(database, MYSQL, 'proxy to instance');
    database.addEgressRule(database, MYSQL, 'proxy to instance');
    kafka.addIngressRule(kafka, KAFKA, 'event source pollers to brokers');
    this.functions = this.asWritten(functions);
    this.database = this.asWritten(database);
    this.cache = this.asWritten(cache);
    this.kafka = this.asWritten(kafka);
  }

  /** Of a region that is not known before deployment, CDK would assume only two. */
  override get availabilityZones(): string[] {
    return Array.from({ length: ZONES }, (_, index) => Fn.select(index, Fn.getAzs()));
  }

  get dataSubnets(): ISubnet[] {
    return this.vpc.isolatedSubnets;
  }

  /** The rules stand here and nowhere else: constructs of other stacks that would add their own find a group that does not change. */
  private asWritten(group: SecurityGroup): ISecurityGroup {
    return SecurityGroup.fromSecurityGroupId(this, `${group.node.id}AsWritten`, group.securityGroupId, { mutable: false });
  }
}
