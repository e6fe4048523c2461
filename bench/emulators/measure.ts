// The same measurements of each candidate: latency and rate of two routes, memory after them, and a handler that changes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { latencies, rate } from '../client.ts';
import type { Running } from './candidates.ts';
import { type Held, heldBy } from './memory.ts';

export const CLIENTS = 16;

export interface Length {
  /** Of the one client, a route. */
  readonly requests: number;
  /** Of the many. */
  readonly seconds: number;
}

export interface RouteFigures {
  /** Milliseconds of each request. */
  readonly times: readonly number[];
  /** Requests a second. */
  readonly rate: number;
}

export interface Figures {
  readonly routes: Readonly<Record<RouteName, RouteFigures>>;
  readonly held: Held;
  /** From the edit of a handler to the first answer of the new one. */
  readonly changeSeconds: number;
}

export const ROUTES = ['GET /healthz', 'GET /stock/find/{id}'] as const;
export type RouteName = (typeof ROUTES)[number];

const POLL_MS = 20;
const CHANGE_LIMIT_S = 180;

export async function measure(running: Running, root: string, length: Length): Promise<Figures> {
  const { url, pids, apply } = running;
  const item = await newItem(url);
  const routes = {
    'GET /healthz': await measureRoute(`${url}/healthz`, length),
    'GET /stock/find/{id}': await measureRoute(`${url}/stock/find/${item}`, length),
  };
  const held = heldBy(pids());
  return { routes, held, changeSeconds: await change(url, root, apply) };
}

/** The many come last: they leave behind an environment for each of them, where there is one event an environment. */
async function measureRoute(url: string, { requests, seconds }: Length): Promise<RouteFigures> {
  await latencies(url, Math.ceil(requests / 5));
  const times = await latencies(url, requests);
  for (let round = 0; round < WARM_UP_ROUNDS; round++) await Promise.all(Array.from({ length: CLIENTS }, () => latencies(url, 1)));
  return { times, rate: await rate(url, CLIENTS, seconds) };
}

/** The first starts an environment for each of the many, which takes as long as it takes. */
const WARM_UP_ROUNDS = 5;

async function newItem(url: string): Promise<string> {
  const response = await fetch(`${url}/stock/item/create/10`, { method: 'POST' });
  if (!response.ok) throw new Error(`no item: ${response.status} ${await response.text()}`);
  return Object.values((await response.json()) as Record<string, string>)[0] ?? '';
}

const HANDLER = 'functions/status/api.handler.ts';
const BEFORE = "json({ status: 'working' })";
const HEADER = 'x-edition';

async function change(url: string, root: string, apply: () => Promise<void>): Promise<number> {
  const file = join(root, HANDLER);
  const source = readFileSync(file, 'utf8');
  if (!source.includes(BEFORE)) throw new Error(`${HANDLER} has no ${BEFORE} any more: say here what else is to be changed`);
  const began = performance.now();
  writeFileSync(file, source.replace(BEFORE, `json({ status: 'working' }, 200, { '${HEADER}': '2' })`));
  try {
    await apply();
    const elapsed = () => (performance.now() - began) / 1000;
    while (!(await isChanged(url))) {
      if (elapsed() > CHANGE_LIMIT_S) throw new Error(`the changed handler did not answer within ${CHANGE_LIMIT_S} s`);
      await pause(POLL_MS);
    }
    return elapsed();
  } finally {
    writeFileSync(file, source);
  }
}

/** While it is replaced there may be no answer. */
const isChanged = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    (response) => response.headers.has(HEADER),
    () => false,
  );
