// cdk-nag, AWS Solutions and Serverless: no finding in prod, however it is set, that is not accepted with a reason beside the resource.
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';
import { accept } from '../../lib/constructs/accepted.ts';
import { addStacks } from '../../lib/stacks/index.ts';
import { findings } from './nag.ts';
import { testApp } from './stage.ts';
import { variants } from './variants.ts';

test.each(Object.entries(variants).filter(([, { stage }]) => stage === 'prod'))(
  '%s has no finding',
  (_, config) => {
    const app = testApp();
    addStacks(app, config);
    app.synth();

    expect(findings(app)).toEqual([]);
  },
  120_000,
);

test('a queue without TLS is found, and one that is accepted with a reason is not', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const queue = new Queue(stack, 'Queue');
  const dead = { id: 'AwsSolutions-SQS3', reason: 'nothing consumes it, so nothing can fail' } as const;
  accept(queue, dead);

  expect(findings(app)).toContain('AwsSolutions-SQS4: Stack/Queue/Resource');
  expect(findings(app)).not.toContain('AwsSolutions-SQS3: Stack/Queue/Resource');
});

test('wildcards of a policy are found one by one, and accepted as a whole', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:*'], resources: ['*'] }));

  expect(findings(app)).toContain('AwsSolutions-IAM5[Action::sqs:*]: Stack/Role/DefaultPolicy/Resource');
  accept(role, { id: 'AwsSolutions-IAM5', reason: 'a role of a test, which nobody takes' });
  expect(findings(app)).toEqual([]);
});
