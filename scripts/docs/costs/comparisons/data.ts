// Kafka or queues, proxy or none.
import { type Line, money, number, total } from '../line.ts';
import { HOURS } from '../price.ts';
import { prices } from '../prices.ts';

/** The endpoint of SQS is there for Kafka's pollers. */
const KAFKA = /Kafka|brokers|interface endpoints/;

/** What Kafka costs in a stage, of its fixed costs. */
export const kafkaOf = (fixed: readonly Line[]): number => total(fixed.filter(({ what }) => KAFKA.test(what))).usd;

/** Send, receive and delete of one job that comes alone. */
const REQUESTS = 3;
/** Jobs a month from which on queues cost more than that. */
export const breakEvenJobs = (kafkaUsd: number): number => kafkaUsd / ((REQUESTS * prices.queueRequest.usd) / 1e6);

export function transportComparison(stages: Readonly<Record<string, readonly Line[]>>): string[] {
  const rows = Object.entries(stages).flatMap(([stage, lines]) => {
    const kafka = kafkaOf(lines);
    if (kafka === 0) return [];
    const jobs = breakEvenJobs(kafka);
    return [
      `- **${stage}**: brokers, storage, logs, pollers and their endpoint are ${money(kafka)} USD a month; ÷ ${money(REQUESTS * prices.queueRequest.usd)} USD a million = ` +
        `${number(Math.round(jobs / 1e6))} million jobs a month, ${number(Math.round(jobs / HOURS / 3600))} a second day and night.`,
    ];
  });
  return [
    '### Kafka or SQS for pictures',
    '',
    `A job over SQS is ${REQUESTS} requests, ${REQUESTS} × ${prices.queueRequest.usd} = ${money(REQUESTS * prices.queueRequest.usd)} USD a million jobs (less in batches); Kafka costs the same with and without jobs. It pays from:`,
    '',
    ...rows,
    '',
    `A unit of event pollers is ${money(prices.eventPollerUnit.usd * HOURS)} USD of that: reporting single failures and halving batches of Kafka need them.`,
    '',
    'Four consumers, as many as the topic has partitions, resize 93 pictures a second at most ([scale](scale.md)): such rates are theirs day and night, or beyond them. So money is no reason for Kafka here: ' +
      'replay, order within a partition and other readers of the same topic are. `pictures.transport` chooses before the first deployment; in a stage that exists it takes the cluster away.',
  ];
}

export function proxyComparison(): string[] {
  const usd = 2 * prices.databaseProxy.usd * HOURS;
  return [
    '### RDS Proxy or none',
    '',
    `2 vCPU × ${prices.databaseProxy.usd} USD × ${HOURS} h = ${money(usd)} USD a month; every class in use here has two. Without it each environment of a function has a connection of its own: as many as ` +
      'environments run at once, whatever the database can hold ([scale](scale.md)). MySQL on RDS takes DBInstanceClassMemory ÷ 12,582,880 connections, at most 85 on the 1 GB of a db.t4g.micro, less what the system takes, and twice as many a class further up. ' +
      `A class up from db.t4g.micro to db.t4g.small is ${money((0.032 - 0.016) * HOURS)} USD: the cheaper way to twice the connections, where failover in seconds is not needed. So **minimal** has no proxy, and **dev** has one to be like **prod**.`,
  ];
}
