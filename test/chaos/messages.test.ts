// Listeners are cut off at random while environments, the host, MariaDB and Redis are killed under a stream of messages: in the end each has exactly
// what is stored, in order, and whatever was answered 200 is stored once.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chance } from '../support/chance.ts';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { type Fault, plan, strike } from './faults.ts';
import { Listener } from './messages/listener.ts';
import { type Promised, send } from './messages/sender.ts';
import { contradictions, list } from './messages/verdict.ts';

const LISTENERS = 8;
const CHANNELS = ['default', 'orders', 'alarms'];
const MESSAGES = 1_500;
const FAULTS: readonly Fault[] = ['environments', 'environments', 'environments', 'mariadb', 'mariadb', 'redis', 'host', 'host'];
/** Of each listener, over the whole stream. */
const CUTS = 8;
/** A killed environment's batch comes back after the visibility time-out of 30 s; it may be hit again, and the one after it, too. */
const SETTLE_MS = 240_000;

const random = chance();
const { seed } = random;
const killer = join(import.meta.dirname, `../support/environment-killer.ts?memory=512&seed=${seed}`);
const begin = (dataDir?: string): Promise<HostedApp> =>
  startApp({ flags: ['--no-kafka'], nodeFlags: ['--import', `file://${killer}`], ...(dataDir === undefined ? {} : { dataDir }) });

let app: HostedApp;

beforeAll(async () => {
  app = await begin();
});

afterAll(async () => {
  await app?.stop();
  await app?.forget();
});

it(`loses, doubles and mixes up nothing, whatever is killed (seed ${seed})`, async () => {
  const promised: Promised[] = [];
  const url = () => app.url;
  const listeners = Array.from({ length: LISTENERS }, () => new Listener(url, random));
  const listening = listeners.map((listener) => listener.listen());
  const goesOn = () => promised.length < MESSAGES;
  const sending = CHANNELS.map((channel) => send({ url, channel, random, goesOn, promised: (promise) => promised.push(promise) }));

  const cuts = random.shuffled(Array.from({ length: LISTENERS * CUTS }, (_, index) => listeners[index % LISTENERS] as Listener));
  const cutting = (async () => {
    for (const [index, listener] of cuts.entries()) {
      await eventually(() => promised.length >= (MESSAGES / cuts.length) * index, SETTLE_MS);
      listener.cut();
    }
  })();
  for (const { fault, after } of plan(FAULTS, MESSAGES, random)) {
    await eventually(() => promised.length >= after, SETTLE_MS);
    app = await strike(fault, app, () => begin(app.dataDir));
  }
  await Promise.all([...sending, cutting]);

  await eventually(async () => {
    const stored = await list(app.url);
    const keys = new Set(listeners[0]?.heard.map(({ key }) => key));
    return promised.every(({ key }) => keys.has(key)) && listeners.every(({ heard }) => heard.length >= stored.length);
  }, SETTLE_MS).catch(() => undefined);
  const stored = await list(app.url);
  for (const listener of listeners) listener.leave();
  await Promise.all(listening);

  expect(contradictions(stored, promised, listeners)).toEqual([]);
  const sum = (count: 'connections' | 'early') => listeners.reduce((all, listener) => all + listener[count], 0);
  console.log(
    `seed ${seed}: ${promised.length} answered 200, ${stored.length} stored, ${sum('connections')} connections of ${LISTENERS} listeners, ${sum('early')} messages early`,
  );
});
