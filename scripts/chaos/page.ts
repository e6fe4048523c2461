// The page about the rounds: no number there is typed by hand.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine, now, versions } from '../../bench/machine.ts';
import { CLIENTS, type RoundReport } from '../../test/chaos/checkout/round.ts';

const page = join(import.meta.dirname, '../../docs/chaos.md');

export function publish(reports: readonly RoundReport[], seconds: number): void {
  writeFileSync(`${page}.new`, markdown(reports, seconds));
  renameSync(`${page}.new`, page);
}

const COLUMNS = [
  'round',
  'seed',
  'orders',
  '200',
  '400',
  'no answer',
  'environments',
  'MariaDB',
  'host',
  'reconciled',
  'at rest after',
  'result',
];

function markdown(reports: readonly RoundReport[], seconds: number): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const total = (pick: (report: RoundReport) => number) => reports.reduce((sum, report) => sum + pick(report), 0);
  const bad = reports.filter(({ problems }) => problems.length > 0);
  const first = reports[0]?.seed ?? 0;
  return `${[
    '# Checkouts while everything is killed',
    '',
    `Written by \`npm run chaos -- --rounds ${reports.length} --seconds ${seconds} --seed ${first}\`.`,
    '',
    `A round is ${seconds} s of checkouts by ${CLIENTS} clients: fresh orders of one to three lines over few items and users with little stock and credit,`,
    'with and without `Idempotency-Key`, twice at once, and again after a failure or a lost connection. Meanwhile, at times that follow from the seed,',
    'about half of the execution environments at once, MariaDB, or the host are killed with -9; the host is started again on the same data, the others',
    'come back by themselves. Once no saga is unfinished any more, the round is consistent if',
    '',
    '- the credit of each user is what was given, less the totals of the paid orders; the stock of each item likewise: exactly;',
    '- the paid orders, the charges that stand and the reservations that stand are of the same sagas, and `GET /orders/audit` agrees;',
    '- each order holds what was put into it, once; it is paid if any checkout of it was answered 200, and not if all were answered 400;',
    '- nothing is being checked out, and no saga is running, compensating or parked;',
    '- each `Idempotency-Key` that was answered with an outcome gives the same answer again.',
    '',
    `${now()}; ${machine()}; ${versions()}.`,
    '',
    row(COLUMNS),
    `|${COLUMNS.map((_, index) => (index === COLUMNS.length - 1 ? '---|' : '---:|')).join('')}`,
    ...reports.map(({ seed, orders, answered, kills, reconciled, settlingSeconds, problems }, index) =>
      row([
        index + 1,
        seed,
        orders,
        answered.paid,
        answered.refused,
        answered.nothing,
        kills.environments,
        kills.mariadb,
        kills.host,
        reconciled,
        `${settlingSeconds.toFixed(0)} s`,
        problems.length === 0 ? 'consistent' : `${problems.length} problems`,
      ]),
    ),
    '',
    'Columns 200, 400 and no answer count checkouts; environments, MariaDB and host count kills; reconciled are sagas that the reconciler had to finish.',
    '',
    `${total(({ orders }) => orders)} orders, ${total(({ answered }) => answered.paid + answered.refused + answered.nothing)} checkouts, ${total(({ kills }) => kills.environments + kills.mariadb + kills.host)} kills: ${bad.length === 0 ? 'every round was consistent' : `${bad.length} rounds were not consistent`}.`,
    ...bad.flatMap(({ seed, problems }) => ['', `Seed ${seed}:`, '', ...problems.map((problem) => `- ${problem}`)]),
    '',
    '## Runs of the synchroniser of cats',
    '',
    '`npx vitest run --project=chaos cats-kills` (also part of `npm test`) kills the environments, the host, MariaDB and Redis 23 times in the middle of runs, half of',
    'them while a run fetches, half while it stages and publishes. Each run brings another version of every row. Readers poll throughout: each answer shows one version,',
    'and none that is older than what a finished run has published; at the end a run succeeds and everything is as the upstream says.',
    '`STACKYARD_KILLS=10` before it is ten times as many kills, `STACKYARD_SEED=…` the same ones again.',
  ].join('\n')}\n`;
}
