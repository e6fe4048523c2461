// The ways to check out that take turns, each with the system that it works on.
import { join } from 'node:path';
import { figuresOf } from '../load/child.ts';
import { type Load, wrk } from '../load/wrk.ts';
import { fundUsers, ORDERS, stockItems } from '../systems/stocked.ts';
import { application, type System } from '../systems/system.ts';
import { prepared, together } from '../systems/together.ts';
import { OrderBook } from './order-book.ts';
import { type Round, round } from './round.ts';

export interface Way {
  readonly name: string;
  /** Those that count. */
  readonly rounds: Round[];
  run(seconds: number): Promise<Round>;
}

export interface Ways {
  readonly baseline: Way;
  readonly shared: Way;
  readonly strict: Way;
  readonly bare: Way;
  /** Where the application of `shared` and `bare` keeps its data. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** Starts what they need, all in `folder`. */
export async function ways(folder: string, eventsPerEnvironment: number): Promise<Ways> {
  const { baseline, shared, strict, dataDir, stop } = await together(folder, eventsPerEnvironment, openShop);
  const orders = new OrderBook(shared.url);
  return {
    baseline: overHttp(baseline),
    shared: overHttp(shared, orders),
    strict: overHttp(strict),
    bare: way('bare', shared, { orders, client: 'bare', walk: bareWalk(dataDir) }),
    dataDir,
    stop,
  };
}

/** The application alone. */
export async function onApplication(dataDir: string, eventsPerEnvironment: number): Promise<{ way: Way; system: System }> {
  const system = await prepared(await application(dataDir, eventsPerEnvironment), openShop);
  return { way: overHttp(system), system };
}

async function openShop({ url }: System): Promise<void> {
  await stockItems(url);
  await fundUsers(url);
}

interface Walk extends Load {
  /** Id of the first order that was not asked for. */
  readonly next: number;
}

/** Checks out the orders from `first` on, each once. */
type Walker = (first: number, seconds: number) => Promise<Walk>;

interface Client {
  readonly orders: OrderBook;
  readonly client: string;
  readonly walk: Walker;
}

const way = (name: string, system: System, { orders, client, walk }: Client): Way => ({
  name,
  rounds: [],
  run: async (seconds) => {
    const first = await orders.first();
    return round(system, client, async () => {
      const load = await walk(first, seconds);
      orders.taken(load);
      return load;
    });
  },
});

function overHttp(system: System, orders = new OrderBook(system.url)): Way {
  const script = join(import.meta.dirname, 'checkout.lua');
  const walk: Walker = (first, seconds) => wrk<Walk>(system, script, seconds, [first, ORDERS]);
  return way(system.name, system, { orders, client: 'wrk', walk });
}

const bareWalk =
  (dataDir: string): Walker =>
  (first, seconds) =>
    figuresOf<Walk>(join(import.meta.dirname, 'bare.ts'), [dataDir, first, seconds]);
