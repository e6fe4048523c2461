// Queues, state machines, and what watches over them.
import { type Price, priceListTest } from '../price.ts';

const SQS = {
  page: 'https://aws.amazon.com/sqs/pricing/',
  read: 'https://cloudburn.io/blog/amazon-sqs-pricing',
  asOf: '2026-03-14',
};
const STATES = { page: 'https://aws.amazon.com/step-functions/pricing/', read: 'the examples of that page', asOf: 'undated' };
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const ALARMS = { page: CLOUDWATCH, ...priceListTest('cloudwatch_metric_alarm', '25994726439bcf0e3e585237c275f7a732a65575') };
const LOGS = { page: CLOUDWATCH, ...priceListTest('cloudwatch_log_group', '25994726439bcf0e3e585237c275f7a732a65575') };

export const operations = {
  queueRequest: { service: 'SQS standard, requests of 64 KB', unit: 'million', usd: 0.4, ...SQS },
  fifoRequest: { service: 'SQS FIFO, requests of 64 KB', unit: 'million', usd: 0.5, ...SQS },
  execution: { service: 'Step Functions Express, requests', unit: 'million', usd: 1, ...STATES },
  executionDuration: {
    service: 'Step Functions Express, duration',
    unit: 'GB-h',
    usd: 0.06,
    ...STATES,
    note: 'first 1,000 GB-hours; billed by 100 ms and 64 MB',
  },
  alarm: { service: 'CloudWatch, a metric of an alarm', unit: 'month', usd: 0.1, ...ALARMS },
  fastAlarm: { service: 'CloudWatch, a metric of an alarm under a minute', unit: 'month', usd: 0.3, ...ALARMS },
  queryAlarm: {
    service: 'CloudWatch, a metric that a query of an alarm reads',
    unit: 'month',
    usd: 0.1,
    page: CLOUDWATCH,
    read: 'AWS Price List API, usage type CW:MetricInsightAlarmUsage, in a public cost study',
    asOf: 'undated',
    note: 'that all of them are counted: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_billing.html',
  },
  compositeAlarm: {
    service: 'CloudWatch, an alarm of alarms',
    unit: 'month',
    usd: 0.5,
    page: CLOUDWATCH,
    read: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm',
    asOf: 'undated',
  },
  metric: {
    service: 'CloudWatch, a metric of our own',
    unit: 'month',
    usd: 0.3,
    page: CLOUDWATCH,
    read: 'https://signoz.io/guides/cloudwatch-pricing',
    asOf: '2026-02-15',
  },
  metricRead: {
    service: 'CloudWatch, metrics asked by GetMetricData',
    unit: 'million',
    usd: 10,
    page: CLOUDWATCH,
    read: 'https://support.site24x7.com/portal/en/kb/articles/aws-cloudwatch-metrics-cost-calculation',
    asOf: 'undated',
    note: '0.01 USD per 1,000 there',
  },
  dashboard: {
    service: 'CloudWatch, a dashboard',
    unit: 'month',
    usd: 3,
    page: CLOUDWATCH,
    read: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
    asOf: '2026-06-13',
  },
  logs: { service: 'CloudWatch Logs, ingestion', unit: 'GB', usd: 0.5, ...LOGS },
  logStorage: { service: 'CloudWatch Logs, storage', unit: 'GB-month', usd: 0.03, ...LOGS },
} as const satisfies Record<string, Price>;
