// Functions and the machines beside them.
import { type Price, priceListTest } from '../price.ts';

const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
/** AWS's price list of 2026-09-19, as a public comparison of compute prices quotes it. */
const list = { page: LAMBDA, read: 'AWS Price List API, offer AWSLambda, in a public comparison of compute prices', asOf: '2026-09-19' };

const EC2 = 'https://aws.amazon.com/ec2/pricing/on-demand/';

export const compute = {
  lambdaRequest: { service: 'Lambda, requests', unit: 'million', usd: 0.2, ...list },
  lambdaArm: { service: 'Lambda, duration on arm64', unit: 'GB-s', usd: 0.0000133334, ...list },
  lambdaProvisioned: { service: 'Lambda, provisioned concurrency on arm64, kept ready', unit: 'GB-s', usd: 0.0000033334, ...list },
  lambdaProvisionedDuration: {
    service: 'Lambda, provisioned concurrency on arm64, duration',
    unit: 'GB-s',
    usd: 0.0000077778,
    ...list,
  },
  eventPollerUnit: {
    service: 'Lambda, event poller unit (Kafka)',
    unit: 'h',
    usd: 0.185,
    page: LAMBDA,
    read: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html',
    asOf: '2026-09-19',
    note: 'the example of the developer guide, and the price list of that day; ten pollers share a unit',
  },
  volume: {
    service: 'EBS, gp3',
    unit: 'GB-month',
    usd: 0.08,
    page: 'https://aws.amazon.com/ebs/pricing/',
    ...priceListTest('ebs_volume', '25994726439bcf0e3e585237c275f7a732a65575'),
  },
  loadBalancer: {
    service: 'Application load balancer',
    unit: 'h',
    usd: 0.0225,
    page: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    ...priceListTest('lb', '0a8a5aaa4471db9d2115eba0f096042cad348fd6'),
    note: 'capacity units, 0.008 USD/h each, come on top',
  },
} as const satisfies Record<string, Price>;

export const machines: Readonly<Record<string, Price>> = {
  't4g.nano': {
    service: 'EC2 t4g.nano',
    unit: 'h',
    usd: 0.0042,
    page: EC2,
    read: 'https://egresscost.com/nat-gateway',
    asOf: '2026-03',
    note: '3.07 USD a month there',
  },
  't4g.medium': {
    service: 'EC2 t4g.medium',
    unit: 'h',
    usd: 0.0336,
    page: EC2,
    read: 'several public tables of us-east-1, which agree',
    asOf: 'undated',
  },
};
