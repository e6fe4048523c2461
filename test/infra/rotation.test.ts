// Every password changes by itself, and nobody but the function that does it may change one.
import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { services } from '../../lib/constructs/services.ts';
import { synthesized } from './stage.ts';

const { data, systems } = synthesized('prod');

test('each secret of the database has a schedule of 30 days, by one function, after the migrations and without haste', () => {
  const schedules = Object.values(systems?.findResources('AWS::SecretsManager::RotationSchedule') ?? {});
  const secrets = new Set(schedules.map(({ Properties }) => JSON.stringify(Properties.SecretId)));

  expect(secrets.size).toBe(services.length + 1);
  expect(secrets.size).toBe(Object.keys(data?.findResources('AWS::SecretsManager::SecretTargetAttachment') ?? {}).length);
  const [migrations] = Object.keys(systems?.findResources('Custom::Migrations') ?? {});
  for (const { Properties, DependsOn } of schedules) {
    expect(Properties.RotationRules).toEqual({ AutomaticallyAfterDays: 30 });
    expect(Properties.RotateImmediatelyOnUpdate).toBe(false);
    expect(DependsOn).toContain(migrations);
  }
});

test('Secrets Manager may call the function, for this account', () => {
  systems?.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    Principal: 'secretsmanager.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
  });
});

test('only that function may write secrets, and only those', () => {
  const writers = Object.entries(systems?.findResources('AWS::IAM::Policy') ?? {}).filter(([, { Properties }]) =>
    JSON.stringify(Properties).includes('secretsmanager:PutSecretValue'),
  );
  expect(writers.map(([id]) => id)).toEqual([expect.stringContaining('Rotate')]);
  const statements: { Action: string[]; Resource: unknown }[] = writers[0]?.[1].Properties.PolicyDocument.Statement ?? [];
  const write = statements.find(({ Action }) => Action.includes('secretsmanager:PutSecretValue'));
  expect(write?.Resource).toHaveLength(services.length + 1);
  expect(JSON.stringify(write?.Resource)).not.toContain('*');
  systems?.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'stackyard-prod-operations-rotate',
    Environment: { Variables: Match.objectLike({ DATABASE_TLS: 'on', ADMIN_SECRET: Match.anyValue() }) },
  });
});
