// 200 pictures of many kinds, 16 clients, and everything that can be killed is killed meanwhile: every 201 is kept, once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chance } from '../support/chance.ts';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { order } from '../support/pictures.ts';
import { plan, strike } from './faults.ts';
import { flaw } from './flaw.ts';
import { picturesOfManyKinds, type Sent } from './kinds-of-pictures.ts';

const PICTURES = 200;
const CLIENTS = 16;
/** Longer than the relay takes to announce a job again whose announcement was lost. */
const PATIENCE_MS = 150_000;
/** While a fault lasts, answers like these tell a client to try again with the same key. */
const TRY_AGAIN = new Set([409, 429, 500, 502, 503, 504]);

const random = chance();
const nodeFlags = ['--import', import.meta.resolve('../support/environment-killer.ts')];
let app: HostedApp;

beforeAll(async () => {
  app = await startApp({ nodeFlags });
});

afterAll(async () => {
  await app?.stop();
  await app?.forget();
});

interface Answered {
  readonly status: number;
  readonly id: string;
  readonly replayed: boolean;
}

/** Sends with the same key until there is an answer that is not a fault's. */
const post = ({ order: body }: Sent, key: string): Promise<Answered> =>
  eventually(async () => {
    const response = await order(app.url, body, { 'idempotency-key': key });
    await response.arrayBuffer();
    if (TRY_AGAIN.has(response.status)) return undefined;
    const { headers, status } = response;
    return { status, id: headers.get('identifier') ?? '', replayed: headers.has('idempotent-replayed') };
  }, PATIENCE_MS);

/** `done`, or `failed: reason`, or what is wrong. */
const outcome = (sent: Sent, id: string): Promise<string> =>
  eventually(async () => {
    const response = await fetch(`${app.url}/api/${id}`);
    const answer = (await response.json()) as { image?: string; status?: string; error?: string };
    if (response.status === 422) return `failed: ${answer.error}`;
    if (response.status !== 200) throw new Error(`still ${response.status} ${answer.status}`);
    return (await flaw(sent, Buffer.from(answer.image ?? '', 'base64'))) ?? 'done';
  }, PATIENCE_MS);

async function rows(): Promise<string[]> {
  const states = ['queued', 'processing', 'done', 'failed'];
  const lists = await Promise.all(
    states.map(async (state) => {
      const response = await fetch(`${app.url}/api/jobs?limit=1000&state=${state}`, { headers: { 'x-api-key': app.apiKey } });
      return (await response.json()) as { identifier: string }[];
    }),
  );
  return lists.flat().map(({ identifier }) => identifier);
}

it(`keeps every picture that it accepted, whole and once (seed ${random.seed})`, async () => {
  const sent = await picturesOfManyKinds(PICTURES, random);
  const keyOf = (index: number) => `${random.seed}-${index}`;
  const answers: Answered[] = [];
  let begun = 0;
  const began = performance.now();

  const client = async () => {
    while (begun < sent.length) {
      const index = begun++;
      answers[index] = await post(sent[index] as Sent, keyOf(index));
    }
  };
  const faults = plan(
    ['environments', 'environments', 'environments', 'mariadb', 'mariadb', 'kafka', 'kafka', 'host', 'host', 'host'],
    PICTURES,
    random,
  );
  const chaos = async () => {
    for (const { fault, after } of faults) {
      await eventually(() => Object.keys(answers).length >= after, PATIENCE_MS);
      app = await strike(fault, app, () => startApp({ nodeFlags, dataDir: app.dataDir, port: Number(new URL(app.url).port) }));
    }
  };
  await Promise.all([chaos(), ...Array.from({ length: CLIENTS }, client)]);

  const accepted = sent.flatMap((picture, index) =>
    picture.outcome === 'refused' ? [] : [{ picture, index, id: answers[index]?.id ?? '' }],
  );
  const statuses = sent.map(({ outcome: expected }, index) => [keyOf(index), expected === 'refused' ? 400 : 201]);
  expect(answers.map(({ status }, index) => [keyOf(index), status])).toEqual(statuses);

  const outcomes = await Promise.all(accepted.map(async ({ picture, id }) => `${picture.kind} ${await outcome(picture, id)}`));
  expect(outcomes).toEqual(
    accepted.map(({ picture }) => expect.stringMatching(`^${picture.kind} ${picture.outcome === 'done' ? 'done$' : 'failed: .+'}`)),
  );

  const ids = accepted.map(({ id }) => id).sort();
  expect((await rows()).sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(accepted.length);
  const again = await Promise.all(accepted.map(({ picture, index }) => post(picture, keyOf(index))));
  expect(again).toEqual(accepted.map(({ id }) => ({ status: 201, id, replayed: true })));

  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const counted = faults.map(({ fault, after }) => `${fault}@${after}`).join(' ');
  console.log(`seed ${random.seed}: ${accepted.length} of ${PICTURES} accepted, all as ordered after ${seconds} s; killed: ${counted}`);
});
