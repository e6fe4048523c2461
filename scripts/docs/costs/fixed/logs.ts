// What is written into logs though nobody calls, besides what functions write.
import type { Line } from '../line.ts';
import { HOURS } from '../price.ts';
import { prices } from '../prices.ts';
import { ofType, type Resource } from '../resource.ts';

/** Assumed, an hour of an idle broker: nobody was found who says it. */
export const BROKER_LOG_GB = 0.001;
/** Assumed: one refused connection a second, of those who try addresses of the internet, in a line of 120 bytes. */
export const FLOW_LOG_GB = (3_600 * 120) / 1e9;

export const brokersOf = (resources: readonly Resource[]): number =>
  ofType(resources, 'AWS::MSK::Cluster').reduce((sum, { properties }) => sum + Number(properties.NumberOfBrokerNodes), 0);

const hours = { n: HOURS, of: 'h' };

export const logs = (resources: readonly Resource[]): Line[] => [
  {
    what: 'logs of the brokers',
    quantities: [{ n: brokersOf(resources) }, hours, { n: BROKER_LOG_GB, of: 'GB/h' }],
    price: prices.logs,
  },
  {
    what: 'flow logs',
    quantities: [{ n: ofType(resources, 'AWS::EC2::FlowLog').length }, hours, { n: FLOW_LOG_GB, of: 'GB/h' }],
    price: prices.logs,
  },
];
