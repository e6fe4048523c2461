// `npm run chaos`: rounds of checkouts while environments, the host and MariaDB are killed; at the end their table, in docs/chaos.md.
// Ends with 1 where a round found anything that was not kept.
import { parseArgs } from 'node:util';
import { type Killed, type RoundReport, round, type Stage, stageFor } from '../test/chaos/checkout/round.ts';
import { publish } from './chaos/page.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const [rounds, seconds, seed] = [values.rounds, values.seconds, values.seed].map((text) => {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--rounds, --seconds and --seed take a whole number above 0, not ${text}`);
  return Number(text);
}) as [number, number, number];

async function main(stage: Stage): Promise<readonly RoundReport[]> {
  const reports: RoundReport[] = [];
  for (let number = 0; number < rounds; number++) {
    const report = await round(stage, seed + number, seconds);
    reports.push(report);
    process.stdout.write(`${line(report, number + 1)}\n`);
  }
  return reports;
}

const line = ({ seed: own, orders, answered, kills, reconciled, settlingSeconds, problems }: RoundReport, number: number): string =>
  [
    `round ${number} (seed ${own}): ${orders} orders; checkouts answered ${answered.paid} x 200, ${answered.refused} x 400, ${answered.nothing} not at all`,
    `killed: ${(Object.entries(kills) as [Killed, number][]).map(([kind, count]) => `${kind} ${count}`).join(', ')}`,
    `${reconciled} sagas reconciled, at rest after ${settlingSeconds.toFixed(0)} s: ${problems.length === 0 ? 'consistent' : 'INCONSISTENT'}`,
    ...problems.map((problem) => `\n  ${problem}`),
  ].join('; ');

const stage = await stageFor(seed);
let ending: Promise<void> | undefined;
const end = () => {
  ending ??= stage.app.stop().then(() => stage.app.forget());
  return ending;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end().then(() => process.exit(1)));
try {
  const reports = await main(stage);
  publish(reports, seconds);
  if (reports.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
} finally {
  await end();
}
