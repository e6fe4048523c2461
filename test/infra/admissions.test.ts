// Nobody but services of AWS, on behalf of this account, is let in by a resource, or stands below with the reason why.
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, AnyPrincipal, type IPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, expect, test } from 'vitest';
import { type Admission, admissionsOf, isOpen } from './admissions.ts';
import { synthesizedFrom, testApp } from './stage.ts';
import { variants } from './variants.ts';

/** Reason → who is let in, `stack/holder: principal may action`. */
const REASONS: Readonly<Record<string, readonly RegExp[]>> = {
  'a key without a statement for its own account could never be changed again; whom the account lets use it, policies of identities say': [
    /^alerts\/Key\w+: AWS:arn:<AWS::Partition>:iam::<AWS::AccountId>:root may kms:\*$/,
  ],
  'the stub of dev is public, as the upstream is in whose place it stands: it knows nothing but breeds': [
    /^systems\/CatsStubinvokefunctionurl\w+: \* may lambda:InvokeFunctionUrl$/,
    /^systems\/CatsStubinvokefunction\w+: \* may lambda:InvokeFunction$/,
  ],
};

const openIn = (templates: Readonly<Record<string, Template>>): string[] =>
  Object.entries(templates).flatMap(([stack, template]) =>
    admissionsOf(template)
      .filter(isOpen)
      .map(({ holder, principal, action }: Admission) => `${stack}/${holder}: ${principal} may ${action}`),
  );

const patterns = Object.values(REASONS).flat();
const withoutReason = (lines: readonly string[]) => lines.filter((line) => !patterns.some((pattern) => pattern.test(line)));

const names = Object.keys(variants);
let open: Readonly<Record<string, string[]>>;

beforeAll(() => {
  open = Object.fromEntries(Object.entries(variants).map(([name, config]) => [name, openIn(synthesizedFrom(config))]));
});

test.each(names)('in %s nobody is let in whom no written reason names', (name) => {
  expect(withoutReason(open[name] ?? [])).toEqual([]);
});

test('every reason is still needed, that of the stub in dev alone', () => {
  const lines = Object.values(open).flat();
  expect(patterns.filter((pattern) => !lines.some((line) => pattern.test(line)))).toEqual([]);
  expect(names.filter((name) => open[name]?.some((line) => line.includes('CatsStub')))).toEqual(['dev']);
});

const other = new AccountPrincipal('123456789012');
const service = new ServicePrincipal('sns.amazonaws.com');
const sending = (stack: Stack, principal: IPrincipal, conditions = {}) =>
  new Queue(stack, 'Queue').addToResourcePolicy(
    new PolicyStatement({ principals: [principal], actions: ['sqs:SendMessage'], resources: ['*'], conditions }),
  );
const calling = (stack: Stack, principal: string, sourceAccount?: string) =>
  new CfnPermission(stack, 'Call', {
    functionName: 'fn',
    action: 'lambda:InvokeFunction',
    principal,
    ...(sourceAccount ? { sourceAccount } : {}),
  });

test.each<[string, number, (stack: Stack) => unknown]>([
  ['a queue for anybody', 1, (stack) => sending(stack, new AnyPrincipal())],
  ['a queue for another account', 1, (stack) => sending(stack, other)],
  ['a queue for a service on behalf of anybody', 1, (stack) => sending(stack, service)],
  [
    'a queue for a service on behalf of this account',
    0,
    (stack) => sending(stack, service, { StringEquals: { 'aws:SourceAccount': '1' } }),
  ],
  ['a secret for another account', 2, (stack) => new Secret(stack, 'Secret').grantRead(other)],
  ['a role for another account', 1, (stack) => new Role(stack, 'Role', { assumedBy: other })],
  ['a role for a service', 0, (stack) => new Role(stack, 'Role', { assumedBy: service })],
  ['a function for anybody', 1, (stack) => calling(stack, '*')],
  ['a function for another account', 1, (stack) => calling(stack, '123456789012')],
  ['a function for a service on behalf of anybody', 1, (stack) => calling(stack, 's3.amazonaws.com')],
  ['a function for a service on behalf of this account', 0, (stack) => calling(stack, 's3.amazonaws.com', '123456789012')],
])('%s: %i found', (_, found, add) => {
  const stack = new Stack(testApp(), 'Stack');
  add(stack);
  expect(withoutReason(openIn({ stack: Template.fromStack(stack) }))).toHaveLength(found);
});
