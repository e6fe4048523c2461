// The arithmetic behind docs/costs.md.
import { expect, test } from 'vitest';
import { frames } from '../../functions/messages/live/frames.ts';
import { breakEvenJobs } from '../../scripts/docs/costs/comparisons/data.ts';
import { breakEvenGb } from '../../scripts/docs/costs/comparisons/network.ts';
import { runsAMonth } from '../../scripts/docs/costs/fixed/functions.ts';
import { metricsOf } from '../../scripts/docs/costs/fixed/watching.ts';
import { fixedCosts } from '../../scripts/docs/costs/fixed.ts';
import { arithmetic, total, totalText, usdOf } from '../../scripts/docs/costs/line.ts';
import { measured } from '../../scripts/docs/costs/measured.ts';
import { traffic } from '../../scripts/docs/costs/messages.ts';
import { allPrices, priceOf, prices } from '../../scripts/docs/costs/prices.ts';
import { type Resource, resourcesOf } from '../../scripts/docs/costs/resource.ts';
import { billedMs } from '../../scripts/docs/costs/usage.ts';

const resource = (type: string, properties: object = {}, id = type): Resource => ({
  id,
  stack: 'data',
  type,
  properties,
  deletionPolicy: 'Delete',
});

const lineOf = (resources: readonly Resource[], what: string) => {
  const found = fixedCosts(resources, []).find((line) => line.what === what);
  if (!found) throw new Error(`no line ${what}`);
  return { text: arithmetic(found), usd: usdOf(found) };
};

test('a line multiplies its quantities with the price, and says so', () => {
  const gateways = [1, 2, 3].map((n) => resource('AWS::EC2::NatGateway', {}, `Nat${n}`));

  expect(lineOf(gateways, 'NAT gateways')).toEqual({ text: '3 × 730 h × 0.045 USD/h', usd: expect.closeTo(98.55, 6) });
});

test('a standby doubles the instance and its storage, and the proxy is billed by processors of one', () => {
  const resources = [
    resource('AWS::RDS::DBInstance', { DBInstanceClass: 'db.m7g.large', AllocatedStorage: '100', MultiAZ: true }),
    resource('AWS::RDS::DBProxy'),
  ];

  expect(lineOf(resources, 'MySQL db.m7g.large with standby').usd).toBeCloseTo(2 * 730 * 0.168);
  expect(lineOf(resources, 'its storage').usd).toBeCloseTo(2 * 100 * 0.115);
  expect(lineOf(resources, 'RDS Proxy').usd).toBeCloseTo(2 * 730 * 0.015);
});

test('a class without a price is unknown, and the total says that it is without it', () => {
  const resources = [
    resource('AWS::RDS::DBInstance', { DBInstanceClass: 'db.x9z.huge', AllocatedStorage: 10 }),
    resource('AWS::SecretsManager::Secret'),
  ];

  const sum = total(fixedCosts(resources, []));

  expect(priceOf('db.x9z.huge').usd).toBeUndefined();
  expect(sum).toEqual({ usd: expect.closeTo(10 * 0.115 + 0.4, 6), without: ['MySQL db.x9z.huge'] });
  expect(totalText(sum)).toBe('1.55, without MySQL db.x9z.huge');
});

test('a type of resource that nobody has said the price of ends the generator', () => {
  expect(() => fixedCosts([resource('AWS::Redshift::Cluster')], [])).toThrow(
    'scripts/docs/costs/types.ts how AWS::Redshift::Cluster is billed',
  );
});

test('an interface endpoint is billed by zone, a gateway endpoint not at all', () => {
  const endpoint = (type: string) => resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: type, SubnetIds: ['a', 'b', 'c'] });

  expect(lineOf([endpoint('Interface'), endpoint('Gateway')], 'interface endpoints, in zones').text).toBe('3 × 730 h × 0.01 USD/h');
  expect(fixedCosts([endpoint('Gateway')], [])).toEqual([]);
});

test('pollers of Kafka are billed by units of ten', () => {
  const mapping = (minimum: number) =>
    resource('AWS::Lambda::EventSourceMapping', { ProvisionedPollerConfig: { MinimumPollers: minimum } });

  expect(lineOf([mapping(1)], 'event poller units of Kafka').text).toBe('1 × 730 h × 0.185 USD/h');
  expect(lineOf([mapping(10), mapping(11)], 'event poller units of Kafka').text).toBe('3 × 730 h × 0.185 USD/h');
});

test('queues that a function polls cost requests while they are empty, others do not', () => {
  const resources = [
    resource('AWS::SQS::Queue', { FifoQueue: true }, 'Inbox'),
    resource('AWS::SQS::Queue', {}, 'Dead'),
    resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['Inbox', 'Arn'] } }),
  ];

  expect(fixedCosts(resources, []).map(({ what }) => what)).toEqual(['polls of empty FIFO queues']);
  expect(lineOf(resources, 'polls of empty FIFO queues').usd).toBeCloseTo((5 * 3 * 60 * 730 * 0.5) / 1e6);
});

test('an environment that is kept ready is billed for every second of the month, by its memory', () => {
  const resources = [
    resource('AWS::Lambda::Function', { FunctionName: 'stackyard-prod-orders-api', MemorySize: 512 }, 'Orders'),
    resource('AWS::Lambda::Alias', {
      FunctionName: { Ref: 'Orders' },
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
    }),
  ];

  expect(lineOf(resources, 'environments kept ready, stackyard-prod-orders-api').usd).toBeCloseTo(2 * 0.5 * 730 * 3600 * 0.0000033334);
});

test('an alarm is billed by its metrics, expressions not among them', () => {
  const expression = { Metrics: [{ Expression: 'a/b' }, { MetricStat: { Period: 60 } }, { MetricStat: { Period: 60 } }] };

  expect([{}, expression].map((properties) => metricsOf(resource('AWS::CloudWatch::Alarm', properties)))).toEqual([1, 2]);
});

test('schedules run as often as they say; what is no rate is asked for', () => {
  expect(['rate(1 minute)', 'rate(15 minutes)', 'rate(1 hour)', undefined].map(runsAMonth)).toEqual([43_800, 2920, 730, 0]);
  expect(() => runsAMonth('cron(0 3 * * ? *)')).toThrow('how often cron(0 3 * * ? *) runs');
});

test('a function with half a processor is billed for twice its processor time, one with more than one not for less', () => {
  expect(billedMs({ processorMs: 10, roundTrips: 0 }, 1769 / 2)).toBe(20);
  expect(billedMs({ processorMs: 10, roundTrips: 2 }, 3008)).toBe(14);
});

test('messages that come one at a time cost nine requests of queues, and fewer in batches', () => {
  expect(traffic(1, 1)).toEqual({
    consumers: 1,
    pushes: 2,
    positionWrites: 1,
    positionReads: 1,
    queueRequests: 9,
    queueSends: 3,
    framesToOne: 2,
  });
  expect(traffic(10, 1).queueRequests).toBeCloseTo(2.52);
});

test('events go into frames as the live stream puts them', () => {
  const inBatch = Math.round(2 / traffic(10, 1).pushes);
  const framesOf = (listeners: number) =>
    frames(
      Array.from({ length: inBatch }, () => '{}'),
      listeners,
    ).length;

  for (const listeners of [1, 2, 10]) expect(traffic(10, listeners).framesToOne === 2).toBe(framesOf(listeners) === inBatch);
});

test('break-evens come from the prices', () => {
  expect([1, 2, 3].map((zones) => Math.round(breakEvenGb(zones)))).toEqual([209, 417, 626]);
  expect(breakEvenJobs(1.2)).toBeCloseTo(1_000_000);
});

test('every price has a page of AWS to check it at, and a known one a place and a date that it was read in', () => {
  for (const { service, usd, page, read, asOf } of allPrices()) {
    expect(page, service).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(usd === undefined || (read.length > 3 && /^(\d{4}(-\d\d){0,2}|undated)$/.test(asOf)), service).toBe(true);
  }
  expect(prices.natGateway.usd).toBeGreaterThan(0);
});

test('templates become resources that know their stack and what becomes of them', () => {
  expect(resourcesOf({ data: { Resources: { Site: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' } } } })).toEqual([
    { id: 'Site', stack: 'data', type: 'AWS::S3::Bucket', properties: {}, deletionPolicy: 'Retain' },
  ]);
});

test('a page of results that lacks a measurement is refused', () => {
  expect(() => measured('<!-- find -->\n| bare | 1 |\n<!-- end of find -->')).toThrow('bench/results.md: find does not say');
});
