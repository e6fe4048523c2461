// The roles that hand-written templates leave out: each may touch what its own stack has, and nothing else.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of Fn::Sub
import type { TemplateResource } from '../../local/assembly/template.ts';
import { BUCKETS } from './deployed-names.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
}

/** Logical ids of the roles that {@link rolesFor} gives. */
export const ROLES = { functions: 'FixtureFunctionsRole', machines: 'FixtureMachinesRole', api: 'FixtureApiRole' } as const;

/** What is forbidden is not looked for: a test calls a function that is missing. */
const MISSING = { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:nobody' };

/** Logical id of the log group of a function: it goes with the stack, and nobody may create another. */
export const logGroupOf = (logicalId: string): string => `${logicalId}Log`;

export function rolesFor(resources: Resources): Record<string, TemplateResource> {
  const arns = (type: string) =>
    Object.keys(resources).flatMap((id) => (resources[id]?.Type === type ? [{ 'Fn::GetAtt': [id, 'Arn'] }] : []));
  const queues = arns('AWS::SQS::Queue');
  const tables = arns('AWS::DynamoDB::Table');
  const logs = Object.keys(resources).flatMap((id) =>
    resources[id]?.Type === 'AWS::Lambda::Function' ? [{ 'Fn::GetAtt': [logGroupOf(id), 'Arn'] }] : [],
  );
  const buckets = `arn:\${AWS::Partition}:s3:::${BUCKETS}*`;
  return {
    [ROLES.functions]: role('lambda', [
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logs },
      { Action: ['s3:GetObject', 's3:PutObject'], Resource: [{ 'Fn::Sub': `${buckets}/*` }] },
      // Without it what is not there yet is Access Denied.
      { Action: ['s3:ListBucket'], Resource: [{ 'Fn::Sub': buckets }] },
      {
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:SendMessage'],
        Resource: queues,
      },
      {
        Action: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTimeToLive'].map((name) => `dynamodb:${name}`),
        Resource: tables.flatMap((arn) => [arn, { 'Fn::Join': ['', [arn, '/index/*']] }]),
      },
    ]),
    [ROLES.machines]: role('states', [{ Action: ['lambda:InvokeFunction'], Resource: [...arns('AWS::Lambda::Function'), MISSING] }]),
    [ROLES.api]: role('apigateway', [
      { Action: ['states:StartSyncExecution'], Resource: refs(resources, 'AWS::StepFunctions::StateMachine') },
    ]),
  };
}

const refs = (resources: Resources, type: string) =>
  Object.keys(resources).flatMap((id) => (resources[id]?.Type === type ? [{ Ref: id }] : []));

function role(service: string, statements: readonly Statement[]): TemplateResource {
  const Statement = statements.filter(({ Resource }) => Resource.length > 0).map((statement) => ({ Effect: 'Allow', ...statement }));
  const trust = { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' };
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
      ...(Statement.length > 0 && { Policies: [{ PolicyName: 'own-stack', PolicyDocument: { Version: '2012-10-17', Statement } }] }),
    },
  };
}
