// Private subnets for everything that holds data, and one security group a tier with exactly the ways that are needed.
import { Fn, Stack } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  type ISecurityGroup,
  type ISubnet,
  Peer,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Config, ManagedData } from '../config.ts';
import { accept } from '../constructs/accepted.ts';
import { addEndpoints } from '../constructs/endpoints.ts';
import { KEPT } from '../constructs/kept.ts';
import { natOf } from '../constructs/nat.ts';
import { HTTPS, KAFKA, MYSQL, REDIS } from '../constructs/ports.ts';

export class NetworkStack extends Stack {
  readonly vpc: Vpc;
  readonly functions: ISecurityGroup;
  readonly database: ISecurityGroup;
  readonly cache: ISecurityGroup;
  readonly kafka: ISecurityGroup;
  private readonly data: ManagedData;

  constructor(scope: Construct, id: string, config: Config, data: ManagedData) {
    super(scope, id, { terminationProtection: config.retainData });
    this.data = data;
    // Under this rule of CDK's own check every name of a zone is a warning.
    if (data.zoneNames)
      accept(this, { id: 'CloudFormation-Validate::W3010', reason: 'whoever deploys has named these zones, for this account' });
    const nat = natOf(data.nat);
    this.vpc = new Vpc(this, 'Vpc', {
      maxAzs: data.zones,
      ...nat.vpc,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'functions', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
        { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      // Nothing is in the default group, whose rules concern only its members. Emptying it takes a function with rights over EC2.
      restrictDefaultSecurityGroup: false,
    });
    const group = (name: string, description = name) =>
      new SecurityGroup(this, name, { vpc: this.vpc, description, allowAllOutbound: false });
    const functions = group('Functions', 'Lambda functions');
    const tiers = { database: group('Database'), cache: group('Cache'), kafka: group('Kafka') };

    const way = (from: SecurityGroup, to: SecurityGroup, port: typeof MYSQL, what: string) => {
      from.addEgressRule(to, port, what);
      to.addIngressRule(from, port, what);
    };
    way(functions, tiers.database, MYSQL, 'functions to MySQL');
    way(functions, tiers.cache, REDIS, 'functions to cache');
    way(functions, tiers.kafka, KAFKA, 'functions to brokers');
    // A proxy and its instance share a group, and so do brokers and the pollers of event sources.
    way(tiers.database, tiers.database, MYSQL, 'proxy to instance');
    way(tiers.kafka, tiers.kafka, KAFKA, 'event source pollers to brokers');
    // AWS's APIs have too many addresses for a list; CloudFormation's answers and the cats' upstream go the same way.
    functions.addEgressRule(Peer.anyIpv4(), HTTPS, 'functions to APIs');
    nat.letOut(functions);

    addEndpoints(this, { vpc: this.vpc, config, data, functions, kafka: tiers.kafka });
    if (config.retainData)
      this.vpc.addFlowLog('FlowLog', {
        // What was let through is in the logs of who was reached; what was refused is nowhere else.
        trafficType: FlowLogTrafficType.REJECT,
        destination: FlowLogDestination.toCloudWatchLogs(
          new LogGroup(this, 'FlowLogs', { retention: config.functions.logRetentionDays, removalPolicy: KEPT }),
        ),
      });
    this.functions = this.asWritten(functions);
    this.database = this.asWritten(tiers.database);
    this.cache = this.asWritten(tiers.cache);
    this.kafka = this.asWritten(tiers.kafka);
  }

  /** Of a region that is not known before deployment, CDK would assume two: no more, and no others. */
  override get availabilityZones(): string[] {
    const { zones, zoneNames } = this.data;
    return zoneNames ? [...zoneNames] : Array.from({ length: zones }, (_, index) => Fn.select(index, Fn.getAzs()));
  }

  get dataSubnets(): ISubnet[] {
    return this.vpc.isolatedSubnets;
  }

  /** The rules stand here and nowhere else: constructs of other stacks that would add their own find a group that does not change. */
  private asWritten(group: SecurityGroup): ISecurityGroup {
    return SecurityGroup.fromSecurityGroupId(this, `${group.node.id}AsWritten`, group.securityGroupId, { mutable: false });
  }
}
