// Checkouts by 16 clients while environments, the host and MariaDB are killed: money and items are conserved, and every answer is true.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chance } from '../support/chance.ts';
import { round, type Stage, stageFor } from './checkout/round.ts';

const SECONDS = 12;

const { seed } = chance();
let stage: Stage;

beforeAll(async () => {
  stage = await stageFor(seed);
});

afterAll(async () => {
  await stage?.app.stop();
  await stage?.app.forget();
});

it(`keeps money, items and every answer, whatever is killed (seed ${seed})`, async () => {
  const { problems, answered, kills, reconciled } = await round(stage, seed, SECONDS);

  expect(problems).toEqual([]);
  expect(answered.paid).toBeGreaterThan(0);
  expect(answered.refused).toBeGreaterThan(0);
  expect(Math.min(...Object.values(kills))).toBeGreaterThan(0);
  console.log(`seed ${seed}: ${JSON.stringify(answered)} killed ${JSON.stringify(kills)} reconciled ${reconciled}`);
});
