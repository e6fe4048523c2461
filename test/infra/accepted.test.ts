// A finding that stays has a reason that says something, and is silenced where it was accepted and nowhere else.
import { Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { accept } from '../../lib/constructs/accepted.ts';
import { testApp } from './stage.ts';

test('an acceptance without a reason is refused', () => {
  const stack = new Stack(testApp(), 'stack');

  expect(() => accept(stack, { id: 'AwsSolutions-S1', reason: 'not needed' })).toThrow(
    'stack: AwsSolutions-S1 is accepted without a reason',
  );
});

test('what is accepted is not reported; the same elsewhere is', () => {
  const app = testApp();
  const stack = new Stack(app, 'stack');
  const accepted = new Bucket(stack, 'Accepted', { enforceSSL: true });
  accept(accepted, { id: 'AwsSolutions-S1', reason: 'Nobody but this test will ever ask it for anything' });
  new Bucket(stack, 'Other', { enforceSSL: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  const reported = (() => {
    try {
      app.synth();
    } catch (error) {
      return String(error);
    }
  })();
  expect(reported).toMatch(/stack\/Other\/Resource.*AwsSolutions-S1/s);
  expect(reported).not.toContain('stack/Accepted');
});
