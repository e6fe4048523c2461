// A reader of the query API that remembers each answer that shows half of a run, or an older one than it has to.
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../support/chance.ts';
import type { HostedCats } from './hosted-cats.ts';
import { versionsIn } from './versioned-upstream.ts';

/** Every answer of these shows a version in each of its rows. */
const PATHS = [
  '/api/v1/breeds',
  '/api/v1/breeds/abys',
  '/api/v1/breeds/munc',
  '/api/v1/breeds?origin=Egypt',
  '/api/v1/categories',
  '/api/v1/categories/1',
  '/api/v1/images?limit=100',
  '/api/v1/images?limit=100&page=2',
  '/api/v1/images?breed=siam',
];
/** Kind to a machine that has to run all the rest as well. */
const BETWEEN_MS = 10;

export interface Readings {
  answers: number;
  readonly problems: string[];
}

/** @param told the version that a finished run has published, whenever it is asked for */
export async function readUntil(
  over: AbortSignal,
  cats: HostedCats,
  random: Chance,
  told: () => number,
  readings: Readings,
): Promise<void> {
  while (!over.aborted) {
    const path = PATHS[random.below(PATHS.length)] as string;
    const least = told();
    const answer = await cats.ask(path);
    if (answer?.status === 200) judge(path, answer.body, least, readings);
    else if (answer?.status === 404) readings.problems.push(`${path} answered 404`);
    await pause(BETWEEN_MS);
  }
}

function judge(path: string, body: string, least: number, readings: Readings): void {
  readings.answers += 1;
  const versions = [...versionsIn(body)];
  const [version = 0] = versions;
  if (versions.length !== 1) readings.problems.push(`${path} shows versions ${versions}`);
  else if (version < least) readings.problems.push(`${path} shows version ${version} after ${least} was told`);
}
