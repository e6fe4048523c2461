// Ways to AWS's services that do not lead through the way out.
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  type ISubnet,
  SecurityGroup,
  type Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Config, ManagedData } from '../config.ts';
import { HTTPS } from './ports.ts';

export interface EndpointsProps {
  readonly vpc: Vpc;
  readonly config: Config;
  readonly data: ManagedData;
  readonly functions: SecurityGroup;
  readonly kafka: SecurityGroup;
}

/**
 * Where Lambda's pollers put records of which all attempts failed. They stand in the cluster's subnets, with its security group, and these have no
 * way out: «You must deploy a VPC endpoint for your on-failure destination service inside your Kafka cluster VPC»
 * (docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html). For STS and Lambda they need none, as only pollers of on-demand mode do; these are
 * provisioned (…/dg/with-kafka-cluster-network.html, the note on event pollers).
 */
const ON_FAILURE = 'sqs';

export function addEndpoints(scope: Construct, { vpc, config, data, functions, kafka }: EndpointsProps): void {
  // They cost nothing. No policies: functions reach every address over HTTPS anyway, and what they may do there is said by their roles.
  const subnets = [{ subnets: vpc.privateSubnets }];
  vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3, subnets });
  vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB, subnets });

  const polled = config.pictures.transport === 'kafka';
  const zones = data.nat.kind === 'gateways' ? data.nat.count : 1;
  for (const service of new Set([...(polled ? [ON_FAILURE] : []), ...data.interfaceEndpoints])) {
    const group = addInterface(scope, { service, vpc, subnets: vpc.isolatedSubnets.slice(0, zones) });
    group.addIngressRule(functions, HTTPS, 'from functions');
    if (!polled || service !== ON_FAILURE) continue;
    group.addIngressRule(kafka, HTTPS, 'event source pollers to dead letters');
    kafka.addEgressRule(group, HTTPS, 'event source pollers to dead letters');
  }
}

/** With private DNS: functions and pollers find it under the service's own name. As many zones as ways out: the price is by zone and hour. */
function addInterface(scope: Construct, { service, vpc, subnets }: { service: string; vpc: Vpc; subnets: ISubnet[] }): SecurityGroup {
  const group = new SecurityGroup(scope, `${service}EndpointGroup`, {
    vpc,
    description: `Endpoint of ${service}`,
    allowAllOutbound: false,
  });
  new InterfaceVpcEndpoint(scope, `${service}Endpoint`, {
    vpc,
    service: new InterfaceVpcEndpointAwsService(service),
    subnets: { subnets },
    securityGroups: [group],
    open: false,
  });
  return group;
}
