// One round of one way to check out: load for some seconds, then the books.
import { setTimeout as pause } from 'node:timers/promises';
import { type Metered, metered } from '../load/metered.ts';
import type { Load } from '../load/wrk.ts';
import { PRICE } from '../systems/stocked.ts';
import { type Moved, moved } from '../systems/sums.ts';
import type { System } from '../systems/system.ts';

export interface Round extends Metered {
  readonly moved: Moved;
}

/** What was in flight when the load ended is finished by then. */
const SETTLED_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;
const LINES = 2;

/** `client`: the program that makes the load, as it is named in the table. */
export async function round(system: System, client: string, load: () => Promise<Load>): Promise<Round> {
  const before = await system.sums();
  const figures = await metered(system.pids, client, load);
  const by = performance.now() + SETTLED_WITHIN_MS;
  let change = moved(before, await system.sums());
  while (!agrees(change) && performance.now() < by) {
    await pause(LOOK_EVERY_MS);
    change = moved(before, await system.sums());
  }
  if (change.orders < figures.done)
    throw new Error(`${figures.done} checkouts were answered with success, ${change.orders} orders are paid`);
  await system.audit();
  return { ...figures, moved: change };
}

/** Money and items are where the paid orders say. */
export const agrees = ({ orders, paid, sold, charged }: Moved): boolean =>
  paid === orders * LINES * PRICE && paid === sold && paid === charged;
