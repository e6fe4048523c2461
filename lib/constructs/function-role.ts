// What every function may do in AWS: write its own log, and have a foot in the network. All else is granted by what it uses.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { accept } from './accepted.ts';

/** Of AWSLambdaVPCAccessExecutionRole, version 3. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html has the refusal below, too. */
const NETWORK_INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

export interface FunctionRoleProps {
  /** Of the function, which does not exist yet. */
  readonly name: string;
  readonly logGroup: ILogGroup;
  readonly inVpc: boolean;
}

/** Instead of AWS's managed policies, which let a function write every log of the account. */
export function functionRole(scope: Construct, id: string, { name, logGroup, inVpc }: FunctionRoleProps): Role {
  const functionArn = Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const log = new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });
  const network = new PolicyStatement({ actions: NETWORK_INTERFACES, resources: ['*'] });
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      log: new PolicyDocument({ statements: [log] }),
      ...(inVpc ? { network: new PolicyDocument({ statements: [network, notByItself(functionArn)] }) } : {}),
    },
  });
  if (inVpc)
    for (const id of ['AwsSolutions-IAM5[Resource::*]', 'Serverless-LambdaStarPermissions'] as const)
      accept(role, {
        id,
        reason: 'a network interface has no ARN before Lambda makes it; code of the function itself is refused these calls',
      });
  return role;
}

/** The function's own code has no business with interfaces; a call of Lambda itself names no function as its source. */
function notByItself(functionArn: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: NETWORK_INTERFACES,
    resources: ['*'],
    conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
  });
}
