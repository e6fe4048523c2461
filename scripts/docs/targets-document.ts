// Which suites hold on which target, as a page: a table of counts, then every difference with its reason.
import { type Differences, fileOf, type SuiteDifferences } from '../../test/support/target.ts';
import { type Counts, SUITES, type SuiteName, type Summary, sum } from './targets-summary.ts';

export interface Target {
  readonly title: string;
  /** Where there was no run: what stands in the table in its place. */
  readonly otherwise: string;
  readonly summary: Summary;
  readonly differences: Differences | undefined;
}

const TITLES: Record<SuiteName, string> = { system: 'contract suites', browser: 'pages in a browser', rules: 'conformance rules' };

/** Rows of the table, and how the names of their files begin. */
const GROUPS: Record<SuiteName, Readonly<Record<string, readonly string[]>>> = {
  system: {
    'paths, bodies, documentation': ['general'],
    status: ['status'],
    pictures: ['pictures'],
    messages: ['messages'],
    checkouts: ['checkout'],
    'orders, stock, payment': ['orders', 'stock', 'payment'],
    cats: ['cats'],
    workers: ['workers'],
    metrics: ['metrics'],
  },
  browser: {},
  rules: {
    'API Gateway REST': ['rest'],
    Lambda: ['lambda'],
    'SQS event source': ['sqs'],
    'Kafka event source': ['kafka'],
    'schedules and secrets': ['schedule', 'secrets'],
    CloudFormation: ['assembly'],
    'WebSocket API': ['websocket'],
    'Step Functions Express': ['states'],
    'function URLs': ['function-url'],
    DynamoDB: ['dynamodb'],
    CloudFront: ['edge'],
    CloudWatch: ['cloudwatch'],
  },
};

const HEAD = `# Targets: what holds where

Written by \`node scripts/docs/targets.ts\` from runs that were recorded and from the lists in \`test/targets\`; a test keeps it true. The suites are
the same everywhere. A number alone: tests that pass. *differ*: tests that are run and must fail there, for the reason below; one that passes is an
error, so the lists shrink by themselves. *not applicable*: tests that are left out there, for the reason below.
`;

const AGAIN = `## Run it again

\`npm test\` runs those of the embedded host, and the contract suites on LocalStack; the others run when they are named: \`npm test -- "rules on LocalStack" "system on MiniStack"\`.
Each leaves its report in \`.stackyard/reports\`. One suite against an application that runs anywhere, AWS too, and what to do for it to count here:

\`\`\`console
$ export STACKYARD_URL=http://localhost:8000 STACKYARD_API_KEY=… STACKYARD_TARGET=ministack
$ npx vitest run --project=system --reporter=json --outputFile=report.json
$ node scripts/docs/targets.ts ministack report.json
\`\`\`

The rules bring what they need to the target: \`RULES_TARGET=localstack\` (at \`AWS_ENDPOINT_URL\`) or \`RULES_TARGET=aws\` (with your credentials), and
\`--project=rules\`. Emulators answer a few dozen requests a second; \`STACKYARD_EFFORT=0.05\` repeats less of what only looks for rare
things, so there are a few tests less, and asks less at once.
`;

export function targetsDocument(targets: readonly Target[]): string {
  return [HEAD, ...table(targets), '', ...runs(targets), '', AGAIN.trimEnd(), ...targets.flatMap(reasons), ''].join('\n');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(targets: readonly Target[]): string[] {
  const columns = row(['suite', ...targets.map(({ title }) => title)]);
  const body = SUITES.flatMap((suite) => {
    const groups = Object.entries(GROUPS[suite]);
    const whole = row([
      `**${TITLES[suite]}** (\`test/${suite}\`)`,
      ...targets.map((target) => `**${cell(target, suite, Object.values)}**`),
    ]);
    const parts = groups.map(([group, prefixes]) =>
      row([group, ...targets.map((target) => (target.summary[suite] ? cell(target, suite, (files) => ofGroup(files, prefixes)) : ''))]),
    );
    return [whole, ...parts];
  });
  return [columns, `|---|${targets.map(() => '---:|').join('')}`, ...body];
}

function cell({ summary, otherwise }: Target, suite: SuiteName, pick: (files: Readonly<Record<string, Counts>>) => Counts[]): string {
  const run = summary[suite];
  return run ? told(sum(pick(run.files))) : otherwise;
}

const ofGroup = (files: Readonly<Record<string, Counts>>, prefixes: readonly string[]): Counts[] =>
  Object.entries(files).flatMap(([file, counts]) => (prefixes.some((prefix) => isOf(file, prefix)) ? [counts] : []));

const isOf = (file: string, prefix: string): boolean => file.startsWith(`${prefix}-`) || file.startsWith(`${prefix}.`);

/** Files of a suite that stand in no row of the table. */
export const outsideGroups = (suite: SuiteName, files: readonly string[]): string[] =>
  suite === 'browser'
    ? []
    : files.filter(
        (file) =>
          !Object.values(GROUPS[suite])
            .flat()
            .some((prefix) => isOf(file, prefix)),
      );

function told({ passes, differs, notApplicable }: Counts): string {
  const parts = [passes > 0 && String(passes), differs > 0 && `${differs} differ`, notApplicable > 0 && `${notApplicable} not applicable`];
  return parts.filter(Boolean).join(', ') || '0';
}

function runs(targets: readonly Target[]): string[] {
  const rows = targets.flatMap(({ title, summary }) =>
    SUITES.flatMap((suite) => {
      const run = summary[suite];
      return run ? [row([title, TITLES[suite], run.date, run.versions])] : [];
    }),
  );
  return [row(['target', 'suite', 'run', 'with']), '|---|---|---|---|', ...rows];
}

function reasons({ title, differences }: Target): string[] {
  if (!differences) return [];
  const parts = (['system', 'rules'] as const).flatMap((suite) => [
    ...listed(`${title}, ${TITLES[suite]}: what differs`, differences[suite].differs),
    ...listed(`${title}, ${TITLES[suite]}: what is not applicable`, differences[suite].notApplicable),
  ]);
  return parts;
}

/** By reason, since one often accounts for many tests. */
function listed(heading: string, entries: SuiteDifferences['differs']): string[] {
  if (Object.keys(entries).length === 0) return [];
  const byReason = Map.groupBy(Object.entries(entries), ([, reason]) => reason);
  return [
    '',
    `## ${heading}`,
    ...[...byReason].flatMap(([reason, tests]) => ['', `${sentence(reason)}`, ...tests.map(([name]) => item(name))]),
  ];
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${/[.!?]$/.test(reason) ? '' : '.'}`;

function item(name: string): string {
  const file = fileOf(name);
  if (file === name) return `- \`${file}\`, all of it`;
  // Two backticks: names may hold one.
  return `- \`${file}\`: \`\` ${name.slice(file.length + 2).replaceAll('*', '…')} \`\``;
}
