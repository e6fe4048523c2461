// How each type of resource is billed. One that is missing here ends the generator: nothing gets into a bill unseen.

/** `time`: it costs as long as it exists. `use`: only what it does costs. `never`: it costs nothing, whatever it does. */
export type Billing = 'time' | 'use' | 'never';

const time = [
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::EIP',
  'AWS::EC2::Instance',
  'AWS::EC2::NatGateway',
  'AWS::EC2::VPCEndpoint',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Events::Rule',
  'AWS::KMS::Key',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Logs::MetricFilter',
  'AWS::MSK::Cluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBProxy',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
] as const;

const use: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'by requests',
  'AWS::ApiGatewayV2::Api': 'by messages and minutes of connections',
  'AWS::CloudFront::Distribution': 'by requests and GB to clients',
  'AWS::CloudFront::Function': 'by invocations',
  'AWS::DynamoDB::Table': 'by reads and writes, and by what it holds',
  'AWS::EC2::FlowLog': 'by GB of logs',
  'AWS::Lambda::Function': 'by invocations, and by memory × duration',
  'AWS::Lambda::Url': 'as its function',
  'AWS::Logs::LogGroup': 'by GB written and kept',
  'AWS::S3::Bucket': 'by requests, and by what it holds',
  'AWS::SNS::Topic': 'by notifications; email costs nothing up to 1,000 a month',
  'AWS::SQS::Queue': 'by requests',
  'AWS::StepFunctions::StateMachine': 'by executions, and by memory × duration',
};

const never = new Set([
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Deployment',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::OriginRequestPolicy',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentConfig',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ElastiCache::ParameterGroup',
  'AWS::ElastiCache::SubnetGroup',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::ResourcePolicy',
  'AWS::MSK::ClusterPolicy',
  'AWS::MSK::Configuration',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBProxyTargetGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
]);

export const timed: readonly string[] = time;

/** What a custom resource costs is the run of its function at a deployment. */
export function billingOf(type: string): Billing {
  if (timed.includes(type)) return 'time';
  if (type in use) return 'use';
  if (never.has(type) || type.startsWith('Custom::')) return 'never';
  throw new Error(`Say in scripts/docs/costs/types.ts how ${type} is billed`);
}

/** How one that costs by use is metered. */
export const meterOf = (type: string): string => use[type] ?? '';
