// What the stages cost while nobody uses them, and what stays when they go.

import { budgetOf } from './budget.ts';
import { BROKER_LOG_GB } from './fixed/logs.ts';
import { IDLE_RUN_SECONDS, RUN_LOG_BYTES, stubOf, synchroniserRuns } from './fixed/schedules.ts';
import { type Line, linesTable, money, number, table, total, totalText } from './line.ts';
import { HOURS } from './price.ts';
import { prices } from './prices.ts';
import { counted, type Resource } from './resource.ts';
import type { StageInput } from './stage.ts';
import { BREEDS, CALL_MS, CALLS, FREE_CALLS, FREE_CALLS_READ, ROUNDS, RUN_BYTES, RUN_SECONDS } from './synchroniser.ts';
import { billingOf, meterOf } from './types.ts';

type Stages = Readonly<Record<string, StageInput>>;
type Fixed = Readonly<Record<string, readonly Line[]>>;

export const stagesSections = (stages: Stages, fixed: Fixed): string[] => [
  '## A month in which nobody calls',
  '',
  'Whoever subscribes to the topic of alarms (`alerts.email`) is told when the month’s forecast reaches *forecast is told from*, when spending reaches *spent is told from*, and when it reaches the budget (`alerts.monthlyBudgetUsd`); where nobody subscribes, nobody is. ' +
    'In the first month of an account only spending may be told: [AWS forecasts nothing where it has too little to go by, as is common before one full billing cycle](https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/ce-forecast.html). ' +
    'What the fixed costs leave below the lower of the two is for requests.',
  '',
  ...table(
    ['stage', 'fixed costs', 'forecast is told from', 'spent is told from', 'budget', 'left for requests'],
    Object.entries(stages).map(([name, { resources }]) => {
      const sum = total(fixed[name] ?? []);
      const { usd, forecastUsd, spentUsd } = budgetOf(resources);
      const left = Math.min(forecastUsd, spentUsd) - sum.usd;
      return [`**${name}**`, totalText(sum), money(forecastUsd), money(spentUsd), money(usd), money(left)];
    }),
  ),
  ...Object.entries(stages).flatMap(([name, { resources }]) => [
    '',
    `### ${name}`,
    '',
    ...linesTable(fixed[name] ?? []),
    '',
    quota(resources),
  ]),
  '',
  ...assumed(),
  '',
  ...minimal(stages.minimal?.resources ?? []),
  '',
  ...idle(stages.prod?.resources ?? []),
  '',
  ...leaving(stages),
];

/** How often the upstream is called, which sends a bill of its own. */
function quota(resources: readonly Resource[]): string {
  const runs = Math.round(synchroniserRuns(resources));
  const calls = runs * CALLS;
  const times = `${number(runs)} runs × ${CALLS} = ${number(calls)} times a month`;
  const plan = `What the plan of your key costs comes on top: a free key [is said](${FREE_CALLS_READ}) to allow ${number(FREE_CALLS)} calls a month, ${calls > FREE_CALLS ? 'far too few' : 'which is enough'}.`;
  return stubOf(resources)
    ? `The synchroniser calls the stub ${times}. Once it has a key it calls thecatapi.com as often. ${plan}`
    : `The synchroniser calls thecatapi.com ${times}. ${plan}`;
}

const assumed = (): string[] => [
  'Assumed, and to be compared with the first bill:',
  '',
  `- A scheduled run takes ${IDLE_RUN_SECONDS} s, longer than an empty look at two tables. A run of the synchroniser of cats makes ${CALLS} calls of ${CALL_MS} ms each, pictures of ${BREEDS} breeds four at once: ` +
    `${ROUNDS} that wait for each other, ${RUN_SECONDS} s and ${number(RUN_BYTES / 1000)} KB (1.5 KB a breed in the list, 4 KB any other call). Each reads its secret. Where there is a stub, it is asked as long as there is no key for the upstream: 10 ms a call. A run writes ${number(RUN_LOG_BYTES)} bytes of log.`,
  '- Lambda polls each queue five times at once, with long polls of 20 s. A NAT instance has a disk of 8 GB.',
  `- An idle broker writes ${number(BROKER_LOG_GB * 1000)} MB of log an hour: that is a guess, for which no source was found (see \`IncomingBytes\` of the log group). Of refused connections, one a second is written down, in 120 bytes.`,
  `- Nothing fails. A function that does writes \`Failures\` by its version: a metric more, ${prices.metric.usd} USD for a whole month of it.`,
  '- Snapshots of the cache are as large as its memory. They are smaller, as long as it is not full.',
  '',
  `Backups of the database cost nothing up to its size, ${prices.databaseBackup.usd} USD/GB beyond it. The key is rotated every year: it costs 1 USD a month more after the first rotation and 1 more after the second, then no more. ` +
    'Not known, and not in the tables: how often RDS Proxy reads its secrets.',
];

const minimal = (resources: readonly Resource[]): string[] => [
  '### What minimal gives up',
  '',
  '- One zone for the database and the cache: while that is away, so is the application; if its disk is lost, so are the last minutes before the failure, and a backup has to be restored by hand.',
  '- A day of backups instead of 7 or 35, and nothing is kept when the stage is deleted.',
  '- The smallest classes: bursts use up processor credits, and T4g databases are billed for what goes beyond them.',
  '- No proxy: each environment has its own connection, and a fail-over ends all of them.',
  '- A NAT instance that does not heal itself; while it is away, queues and secrets are out of reach.',
  '- No Kafka: pictures go over SQS, without replay of what was done.',
  `- The synchroniser of cats runs every ${number(HOURS / synchroniserRuns(resources))} hours: breeds are up to that much behind the upstream, and a new stage has none before the first run.`,
  '- No firewall, and no canaries: a release reaches everybody at once.',
];

function idle(resources: readonly Resource[]): string[] {
  const types = counted(resources, ({ type }) => type);
  const some = (billing: string) => types.filter(([type]) => billingOf(type) === billing);
  return [
    '### What costs while idle, and what only by use',
    '',
    'Of prod.',
    '',
    `- **While it exists**: ${some('time')
      .map(([type, n]) => `${n} ${type}`)
      .join(
        ', ',
      )}. Event source mappings, rules and aliases cost what they keep running: pollers, polls, schedules, environments kept ready.`,
    '- **Only by use**:',
    ...some('use').map(([type, n]) => `  - ${n} ${type}: ${meterOf(type)}`),
    `- **Never**: the other ${some('never').reduce((sum, [, n]) => sum + n, 0)} resources.`,
  ];
}

/** Roles, policies and rules of buckets that stay cost nothing: they are not worth a word. */
function leaving(stages: Stages): string[] {
  const kept = (resources: readonly Resource[]) =>
    counted(
      resources.filter(({ deletionPolicy, type }) => deletionPolicy !== 'Delete' && billingOf(type) !== 'never'),
      ({ type, deletionPolicy }) => `${type} (${deletionPolicy})`,
    );
  const text = (name: string) => {
    const left = kept(stages[name]?.resources ?? []);
    return left.length === 0 ? 'nothing that costs' : left.map(([what, n]) => `${n} ${what}`).join(', ');
  };
  return [
    '### Deleting a stage',
    '',
    '`cdk destroy` alone stops at the first bucket that has files in it, and what is left goes on costing. The commands that empty the buckets first are in [deploying](deploying.md#delete-dev-or-minimal); those for prod [below them](deploying.md#delete-prod). After them:',
    '',
    ...Object.keys(stages).map((name) => `- **${name}** leaves: ${text(name)}.`),
    '',
    'What is retained goes on costing what it costs above until somebody deletes it by hand: first take the deletion protection off the database, then delete instance, cluster and buckets, each after a last copy. ' +
      'A database deleted without a final snapshot takes its automated backups with it. Secrets that are not retained are gone at once: [CloudFormation leaves them no time to be got back](https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1999). What `cdk bootstrap` made, a bucket of assets and a few roles, serves all stages of the account and stays: ' +
      `some hundred MB, ${prices.objectStorage.usd} USD/GB a month.`,
  ];
}
