// RDS Proxy: bounded, logged where it is forgotten, and asked to log in to the database only when its users are there.
import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { stages } from '../../lib/config.ts';
import { synthesized } from './stage.ts';

const [prod, minimal] = [synthesized('prod'), synthesized('minimal')];

test('the instance is registered with the proxy by the stack that makes its users, and after them', () => {
  prod.data?.resourceCountIs('AWS::RDS::DBProxyTargetGroup', 0);
  const migrations = Object.keys(prod.systems?.findResources('Custom::Migrations') ?? {});
  expect(migrations).toHaveLength(1);
  const [target, ...others] = Object.values(prod.systems?.findResources('AWS::RDS::DBProxyTargetGroup') ?? {});
  expect(others).toEqual([]);
  expect(target?.DependsOn).toEqual(migrations);
  const [instance] = Object.values(prod.data?.findResources('AWS::RDS::DBInstance') ?? {});
  expect(target?.Properties).toMatchObject({
    TargetGroupName: 'default',
    DBInstanceIdentifiers: [instance?.Properties.DBInstanceIdentifier],
    DBProxyName: { 'Fn::GetStackOutput': { StackName: 'stackyard-prod-data' } },
  });
});

test('functions that migrations come before wait for the proxy too', () => {
  const [target] = Object.keys(prod.systems?.findResources('AWS::RDS::DBProxyTargetGroup') ?? {});
  const [migrations] = Object.keys(prod.systems?.findResources('Custom::Migrations') ?? {});
  const functions = Object.values(prod.systems?.findResources('AWS::Lambda::Function') ?? {});
  const after = (id: string | undefined) => functions.filter(({ DependsOn }) => (DependsOn ?? []).includes(id));
  expect(after(migrations).length).toBeGreaterThan(5);
  expect(after(target)).toEqual(after(migrations));
});

test('it shares connections, leaves some to people, and waits for one no longer than a function does', () => {
  prod.systems?.hasResourceProperties('AWS::RDS::DBProxyTargetGroup', {
    ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 90, ConnectionBorrowTimeout: 3, SessionPinningFilters: Match.absent() },
  });
});

test('its log is made before it, under the name that RDS writes to', () => {
  const [proxy] = Object.values(prod.data?.findResources('AWS::RDS::DBProxy') ?? {});
  expect(proxy?.Properties.DBProxyName).toBe('stackyard-prod-data');
  const days = stages.prod.functions.logRetentionDays;
  const logs = prod.data?.findResources('AWS::Logs::LogGroup', {
    Properties: { LogGroupName: '/aws/rds/proxy/stackyard-prod-data', RetentionInDays: days },
  });
  expect(proxy?.DependsOn).toEqual(expect.arrayContaining(Object.keys(logs ?? {})));
  expect(Object.keys(logs ?? {})).toHaveLength(1);
});

test('where there is no proxy, nothing is registered with one', () => {
  expect(JSON.stringify([minimal.data, minimal.systems])).not.toContain('AWS::RDS::DBProxy');
});
