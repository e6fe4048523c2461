// A round: checkouts by many clients while everything is killed at random times; then, at rest, whether all was kept.
import { type Chance, chance } from '../../support/chance.ts';
import { eventually } from '../../support/eventually.ts';
import { type HostedApp, type HostedAppOptions, startApp } from '../../support/hosted-app.ts';
import { type Fault, strike } from '../faults.ts';
import { isRunning, sendAgain, shopUntil } from './customer.ts';
import { inParallel } from './in-parallel.ts';
import { contradictions, reconciledSagas } from './ledgers.ts';
import { lastAnswer, type Market, openMarket } from './market.ts';
import { settled } from './settle.ts';
import { type Answer, shopAt } from './shop.ts';
import { verdict } from './verdict.ts';

export const CLIENTS = 16;

/** What is killed. */
export type Killed = Exclude<Fault, 'kafka' | 'redis'>;

export interface RoundReport {
  readonly seed: number;
  readonly orders: number;
  /** Checkouts by what they were answered during the round. */
  readonly answered: { readonly paid: number; readonly refused: number; readonly nothing: number };
  readonly kills: Readonly<Record<Killed, number>>;
  readonly reconciled: number;
  readonly settlingSeconds: number;
  readonly problems: readonly string[];
}

/** Orders need no Kafka. The functions of orders, stock and payment have 512 MB each, and no thread shows another mark. */
const hostOptions = (seed: number): HostedAppOptions => ({
  flags: ['--no-kafka'],
  nodeFlags: ['--import', `${import.meta.resolve('../../support/environment-killer.ts')}?memory=512&seed=${seed}`],
});

/** Where the application runs: a killed host is another one afterwards, on the same data and port. */
export interface Stage {
  app: HostedApp;
}

export const stageFor = async (seed: number): Promise<Stage> => ({ app: await startApp(hostOptions(seed)) });

export async function round(stage: Stage, seed: number, seconds: number): Promise<RoundReport> {
  const { url, dataDir } = stage.app;
  const shop = shopAt(url);
  const reconciledBefore = await reconciledSagas(dataDir);
  const market = await openMarket(shop, chance(seed), `chaos-${seed}`);
  const began = performance.now();
  const deadline = began + seconds * 1000;
  const customer = (_: unknown, index: number) => shopUntil(deadline, { shop, market, random: chance(seed * CLIENTS + index) });
  const [kills] = await Promise.all([storm(stage, seed, began, seconds), ...Array.from({ length: CLIENTS }, customer)]);
  const answered = counted(market);

  const over = performance.now();
  const stuck = await settled(stage.app).then(
    () => [],
    (error: unknown) => [String(error)],
  );
  const settlingSeconds = (performance.now() - over) / 1000;
  const pending = market.purchases.flatMap((purchase) =>
    purchase.checkouts.flatMap((checkout) => (checkout.key && isOpen(lastAnswer(checkout)) ? [{ purchase, checkout }] : [])),
  );
  await inParallel(pending, CLIENTS, ({ purchase, checkout }) => sendAgain(purchase, checkout, shop));
  const problems = [...stuck, ...(await verdict(shop, market)), ...(await contradictions(dataDir)), ...(await audited(stage.app))];
  const reconciled = (await reconciledSagas(dataDir)) - reconciledBefore;
  return { seed, orders: market.purchases.length, answered, kills, reconciled, settlingSeconds, problems };
}

/** No outcome yet; with the key it can be had. */
const isOpen = (answer: Answer | undefined) => answer === undefined || isRunning(answer);

/** Kinds of faults, as often as they come in a minute; each at least once in a round. */
const PER_MINUTE = { environments: 15, mariadb: 4, host: 2 } as const;
/** Of the round: later ones would hit nobody's checkout, but for the wait afterwards. */
const STORM = 0.85;

async function storm(stage: Stage, seed: number, began: number, seconds: number): Promise<RoundReport['kills']> {
  const random = chance(seed);
  const kills = { environments: 0, mariadb: 0, host: 0 };
  for (const { fault, at } of plan(seconds, random)) {
    await eventually(() => performance.now() >= began + at * 1000, at * 1000 + 1000);
    stage.app = await strike(fault, stage.app, () =>
      startApp({ ...hostOptions(seed + kills.host + 1), dataDir: stage.app.dataDir, port: Number(new URL(stage.app.url).port) }),
    );
    kills[fault]++;
  }
  return kills;
}

interface Planned {
  readonly fault: Killed;
  /** Seconds after the beginning. */
  readonly at: number;
}

const plan = (seconds: number, random: Chance): Planned[] =>
  (Object.keys(PER_MINUTE) as Planned['fault'][])
    .flatMap((fault) =>
      Array.from({ length: Math.max(1, Math.round((PER_MINUTE[fault] * seconds) / 60)) }, () => ({
        fault,
        at: (random.below(1000) / 1000) * seconds * STORM,
      })),
    )
    .sort((one, other) => one.at - other.at);

function counted({ purchases }: Market): RoundReport['answered'] {
  const answers = purchases.flatMap(({ checkouts }) => checkouts.map(lastAnswer));
  const count = (is: (answer: Answer | undefined) => boolean) => answers.filter(is).length;
  return { paid: count((answer) => answer?.status === 200), refused: count((answer) => answer?.status === 400), nothing: count(isOpen) };
}

async function audited({ url, apiKey }: HostedApp): Promise<string[]> {
  const response = await fetch(`${url}/orders/audit`, { headers: { 'x-api-key': apiKey } });
  const { consistent, open, problems } = (await response.json()) as { consistent: boolean; open: number; problems: string[] };
  return consistent && open === 0 ? [] : [`the audit says: ${open} open, ${problems.join('; ')}`];
}
