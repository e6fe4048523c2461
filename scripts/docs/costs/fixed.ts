// What a stage costs in a month in which nobody uses it, read from its templates.
import { caches, clusters, databases, keys, proxies, secrets } from './fixed/data.ts';
import { pollers, polls, provisioned } from './fixed/functions.ts';
import { brokersOf, logs } from './fixed/logs.ts';
import { addresses, endpoints, firewalls, instances, natGateways } from './fixed/network.ts';
import { schedules } from './fixed/schedules.ts';
import { alarms, alarmsOfAlarms, dashboards, ownMetrics } from './fixed/watching.ts';
import type { Line } from './line.ts';
import { ofType, type Resource } from './resource.ts';
import { billingOf } from './types.ts';

/**
 * @param ownMetricNames metrics that functions write
 * @throws where a type of resource is not known to `types.ts`
 */
export function fixedCosts(resources: readonly Resource[], ownMetricNames: readonly string[]): Line[] {
  for (const { type } of resources) billingOf(type);
  const of = (type: string, lines: (some: readonly Resource[]) => readonly Line[]): readonly Line[] => {
    const some = ofType(resources, type);
    return some.length === 0 ? [] : lines(some);
  };
  return [
    ...of('AWS::EC2::NatGateway', natGateways),
    ...of('AWS::EC2::Instance', instances),
    ...addresses(resources),
    ...of('AWS::EC2::VPCEndpoint', endpoints),
    ...of('AWS::RDS::DBInstance', databases),
    ...of('AWS::RDS::DBProxy', (some) => proxies(some, ofType(resources, 'AWS::RDS::DBInstance'))),
    ...of('AWS::ElastiCache::ReplicationGroup', caches),
    ...of('AWS::MSK::Cluster', clusters),
    ...of('AWS::Lambda::EventSourceMapping', pollers),
    ...of('AWS::Lambda::Alias', (some) => provisioned(some, ofType(resources, 'AWS::Lambda::Function'))),
    ...of('AWS::SecretsManager::Secret', secrets),
    ...of('AWS::KMS::Key', keys),
    ...of('AWS::WAFv2::WebACL', firewalls),
    ...of('AWS::CloudWatch::Alarm', (some) => alarms(some, brokersOf(resources))),
    ...of('AWS::CloudWatch::CompositeAlarm', alarmsOfAlarms),
    ...of('AWS::CloudWatch::Dashboard', dashboards),
    ...ownMetrics(ownMetricNames, ofType(resources, 'AWS::Logs::MetricFilter')),
    ...of('AWS::Events::Rule', () => schedules(resources)),
    ...polls(resources),
    ...logs(resources),
  ].filter(({ quantities }) => quantities.every(({ n }) => n > 0));
}
