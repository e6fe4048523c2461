// Resource types that have no effect on one machine, each with the reason. They get made-up names, so that references to them resolve.
import type { ResourceModule } from './resource.ts';

const network = 'one machine on loopback is its own private network';
const access = 'one account without access control: everything here trusts the person at the keyboard';
const watching = 'alarms and dashboards are read in CloudWatch; here the log, /status and the pages show the state';
const money = 'nothing costs money here';

const reasons: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'one machine does not scale out',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'one machine does not scale out',
  'AWS::Budgets::Budget': money,
  'AWS::CDK::Metadata': 'usage statistics of CDK itself',
  'AWS::CloudWatch::Alarm': watching,
  'AWS::CloudWatch::CompositeAlarm': watching,
  'AWS::CloudWatch::Dashboard': watching,
  'AWS::EC2::EIP': network,
  'AWS::EC2::FlowLog': network,
  'AWS::EC2::InternetGateway': network,
  'AWS::EC2::NatGateway': network,
  'AWS::EC2::Route': network,
  'AWS::EC2::RouteTable': network,
  'AWS::EC2::SecurityGroup': network,
  'AWS::EC2::SecurityGroupEgress': network,
  'AWS::EC2::SecurityGroupIngress': network,
  'AWS::EC2::Subnet': network,
  'AWS::EC2::SubnetRouteTableAssociation': network,
  'AWS::EC2::VPC': network,
  'AWS::EC2::VPCEndpoint': network,
  'AWS::EC2::VPCGatewayAttachment': network,
  'AWS::IAM::ManagedPolicy': access,
  'AWS::IAM::Policy': access,
  'AWS::IAM::Role': access,
  'AWS::KMS::Alias': access,
  'AWS::KMS::Key': access,
  'AWS::Logs::LogGroup': 'functions log to this terminal',
  'AWS::Logs::MetricFilter': watching,
  'AWS::SNS::Subscription': watching,
  'AWS::SNS::Topic': 'only alarms publish to topics',
  'AWS::SNS::TopicPolicy': access,
  'AWS::WAFv2::WebACL': 'nothing from outside reaches loopback',
  'AWS::WAFv2::WebACLAssociation': 'nothing from outside reaches loopback',
};

export const knownDifferences: ReadonlyMap<string, ResourceModule> = new Map(
  Object.entries(reasons).map(([type, reason]) => [type, namesOnly(type, reason)]),
);

/** `Ref` is a name made of stack and logical id; any attribute is made of the same name, an ARN where its name says so. */
function namesOnly(type: string, reason: string): ResourceModule {
  return {
    type,
    honours: [],
    ignores: { '*': reason },
    create: async ({ stack, logicalId }, { options }) => {
      const name = `${stack}-${logicalId}`;
      const arn = `arn:aws:${type.split('::')[1]?.toLowerCase()}:${options.region}:${options.account}:${name}`;
      const isArn = type.endsWith('Topic') || type.endsWith('ManagedPolicy');
      return {
        ref: isArn ? arn : name,
        attributes: new Proxy(
          {},
          { get: (_, attribute) => (String(attribute).endsWith('Arn') ? arn : `${name}-${String(attribute)}`), has: () => true },
        ),
      };
    },
  };
}
