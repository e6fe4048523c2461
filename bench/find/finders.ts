// The ways to look an item up that take turns.
import { join } from 'node:path';
import { figuresOf } from '../load/child.ts';
import { type Metered, metered } from '../load/metered.ts';
import { type Load, wrk } from '../load/wrk.ts';
import { ITEMS, stockItems } from '../systems/stocked.ts';
import { application, type System } from '../systems/system.ts';
import { prepared, together } from '../systems/together.ts';

export interface Finder {
  readonly name: string;
  /** Those that count. */
  readonly rounds: Metered[];
  run(seconds: number): Promise<Metered>;
}

export interface Finders {
  readonly baseline: Finder;
  readonly shared: Finder;
  readonly strict: Finder;
  readonly bare: Finder;
  stop(): Promise<void>;
}

/** Starts what they need, all in `folder`. */
export async function finders(folder: string, eventsPerEnvironment: number): Promise<Finders> {
  const { baseline, shared, strict, dataDir, stop } = await together(folder, eventsPerEnvironment, openShop);
  const bareFinds = (seconds: number) => figuresOf<Load>(join(import.meta.dirname, 'bare.ts'), [dataDir, ITEMS, seconds]);
  return {
    baseline: overHttp(baseline),
    shared: overHttp(shared),
    strict: overHttp(strict),
    bare: { name: 'bare', rounds: [], run: (seconds) => metered(shared.pids, 'bare', () => bareFinds(seconds)) },
    stop,
  };
}

/** The application alone. */
export async function onApplication(dataDir: string, eventsPerEnvironment: number): Promise<{ way: Finder; system: System }> {
  const system = await prepared(await application(dataDir, eventsPerEnvironment), openShop);
  return { way: overHttp(system), system };
}

const openShop = ({ url }: System): Promise<void> => stockItems(url);

function overHttp(system: System): Finder {
  const script = join(import.meta.dirname, 'find.lua');
  return {
    name: system.name,
    rounds: [],
    run: (seconds) => metered(system.pids, 'wrk', () => wrk<Load>(system, script, seconds, [ITEMS])),
  };
}
