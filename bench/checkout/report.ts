// What the rounds of all ways say, as a section of the page of results.
import { flushAtCommit } from '../load/server.ts';
import { against, columns, row } from '../load/table.ts';
import { CLIENTS } from '../load/wrk.ts';
import type { Report } from '../results.ts';
import { ITEMS, ORDERS } from '../systems/stocked.ts';
import { agrees } from './round.ts';
import type { Way, Ways } from './ways.ts';

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
}

export const BASELINE =
  'Baseline: the usual container version without containers, Flask with 2 gunicorn workers a service, a Redis each, nginx; its Redis servers write snapshots now and then, so its answers are not durable.';

export async function report({ baseline, shared, strict, bare, dataDir }: Ways, { rounds, seconds }: Plan): Promise<Report> {
  const all = [baseline, shared, strict, bare];
  return {
    title: 'Checkouts',
    method: `\`node bench/checkout.ts\`. Each request checks out another unpaid order of 2 lines, of ${ORDERS} orders over ${ITEMS} items. ${CLIENTS} clients (wrk, one thread) for ${seconds} s on the cores of what they measure; all ways take turns, after two rounds each to warm up; figures are medians of ${rounds} rounds. ${BASELINE} Application: \`npm start -- --no-kafka\`. Bare: the statements of a checkout's four steps, one after the other, ${CLIENTS} at once through mysql2, in a process of its own against the application's server. Every answer was a success, else there would be no figures.`,
    columns: columns('checkout'),
    rows: all.map(row),
    findings: [
      against(shared, baseline, 6),
      against(strict, baseline, 4),
      against(shared, bare, 0.6),
      `innodb_flush_log_at_trx_commit = ${await flushAtCommit(dataDir)}.`,
      ...all.map(books),
    ],
  };
}

function books({ name, rounds }: Way): string {
  const orders = rounds.reduce((sum, { moved }) => sum + moved.orders, 0);
  const wrong = rounds.filter(({ moved }) => !agrees(moved)).length;
  const finding =
    wrong === 0
      ? 'items and credit agree with them after every round'
      : `**after ${wrong} rounds items or credit did not agree with them**`;
  return `${name}: ${orders} orders paid, ${finding}.`;
}
