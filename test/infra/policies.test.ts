// Least privilege: every permission names one action and one resource, or stands below with the reason why it cannot.
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { beforeAll, expect, test } from 'vitest';
import { isBroad, openToCode, type Permission, permissionsOf } from './policies.ts';
import { synthesizedFrom } from './stage.ts';
import { variants } from './variants.ts';

/** Reason → who may, `stack/holder: action on resource`. */
const REASONS: Readonly<Record<string, readonly RegExp[]>> = {
  'network interfaces have no ARNs before Lambda makes them; a statement beside refuses the calls to code of the function': [
    /Role\w+: ec2:((Create|Delete|Describe)NetworkInterfaces?|DescribeSubnets|(Una|A)ssignPrivateIpAddresses) on \*$/,
  ],
  'objects are named by the ids of pictures, which are not known before; each function reads one prefix and writes another': [
    /PicturesApiRole\w+: s3:(PutObject on \S+\/sources|GetObject on \S+\/results)\/\*$/,
    /PicturesConsumerRole\w+: s3:(PutObject on \S+\/results|GetObject on \S+\/sources)\/\*$/,
  ],
  'connections are named by API Gateway when they come': [
    /Messages(Push|Socket)Role\w+: execute-api:ManageConnections on \S+<MessagesLiveApi\w+>\/ws\/(POST|DELETE)\/@connections\/\*$/,
  ],
  'versions of a function that is named': [
    /: lambda:InvokeFunction on <\w+\.Arn>:\*$/,
    /ReleasesSmokeRole\w+: lambda:InvokeFunction on \S+:function:stackyard-prod-[a-z-]+:\*$/,
  ],
  'deliveries of logs have no ARNs: AWS documents these permissions of state machines for all resources': [
    /OrdersCheckoutMachineRole\w+: logs:\w+(LogDelivery|LogDeliveries|ResourcePolicy|ResourcePolicies|LogGroups) on \*$/,
  ],
  'metrics have no ARNs': [/WorkersApiRole\w+: cloudwatch:GetMetricData on \*$/],
  'AWS keeps these policies in step with what its own services call in our name': [
    /ReleasesRole\w+: managed on \S+\/AWSCodeDeployRoleForLambdaLimited$/,
    /PicturesConsumerRole\w+: managed on \S+\/AWSLambdaMSKExecutionRole$/,
    /ApiCloudWatchRole\w+: managed on \S+\/AmazonAPIGatewayPushToCloudWatchLogs$/,
  ],
  "CDK's own function, which brings the pages to their bucket and tells CloudFront": [/^console\/CustomCDKBucketDeployment/],
};

const lineOf = (stack: string, { holder, action, resource }: Permission) => `${stack}/${holder}: ${action} on ${resource}`;

const broadIn = (templates: Readonly<Record<string, Template>>): string[] =>
  Object.entries(templates).flatMap(([stack, template]) =>
    permissionsOf(template)
      .filter(isBroad)
      .map((permission) => lineOf(stack, permission)),
  );

const withoutReason = (lines: readonly string[]) =>
  lines.filter(
    (line) =>
      !Object.values(REASONS)
        .flat()
        .some((pattern) => pattern.test(line)),
  );

const names = Object.keys(variants);
let stacks: Readonly<Record<string, Record<string, Template>>>;
const of = (name: string): Record<string, Template> => stacks[name] ?? {};

beforeAll(() => {
  stacks = Object.fromEntries(Object.entries(variants).map(([name, config]) => [name, synthesizedFrom(config)]));
});

test.each(names)('in %s nothing is allowed more broadly than a written reason says', (name) => {
  expect(withoutReason(broadIn(of(name)))).toEqual([]);
});

test('every reason is still needed', () => {
  const lines = names.flatMap((name) => broadIn(of(name)));
  const unused = Object.entries(REASONS).flatMap(([reason, patterns]) =>
    patterns.filter((pattern) => !lines.some((line) => pattern.test(line))).map((pattern) => `${reason}: ${pattern}`),
  );
  expect(unused).toEqual([]);
});

test.each(names)('in %s every function has a role of its own', (name) => {
  const roles = Object.values(of(name)).flatMap((template) =>
    Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => JSON.stringify(Properties.Role)),
  );
  expect(new Set(roles).size).toBe(roles.length);
});

test.each(names)('in %s what Lambda may do with network interfaces, code of the function may not', (name) => {
  expect(Object.values(of(name)).flatMap(openToCode)).toEqual([]);
});

test('a refusal that is about another function, or leaves an action out, is none', () => {
  const text = JSON.stringify(of('prod').systems?.toJSON());
  const changed = (pattern: RegExp, other: string) => Template.fromJSON(JSON.parse(text.replace(pattern, other)));
  expect(openToCode(changed(/(?<=SourceFunctionArn":.{0,200}:function:stackyard-prod-)orders-api(?=")/, 'stock-api'))).toHaveLength(1);
  expect(openToCode(changed(/"ec2:CreateNetworkInterface",(?=[^\]]*\],"Condition")/, ''))).toHaveLength(1);
});

test.each<[string, PolicyStatement | undefined]>([
  ['every action of a service', new PolicyStatement({ actions: ['sqs:*'], resources: ['arn:aws:sqs:eu-west-1:1:queue'] })],
  ['every resource', new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })],
  ['resources of any last letter', new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:1:queue-?'] })],
  ['resources that begin alike', new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:1:queue-*'] })],
  ['everything but something', new PolicyStatement({ notActions: ['iam:PassRole'], resources: ['arn:aws:sqs:eu-west-1:1:queue'] })],
  ['a policy that AWS writes', undefined],
])('a role that may use %s is refused', (_, statement) => {
  const stack = new Stack(new App(), 'Stack');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  if (statement) role.addToPolicy(statement);
  else role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess'));

  expect(withoutReason(broadIn({ stack: Template.fromStack(stack) }))).toHaveLength(1);
});
