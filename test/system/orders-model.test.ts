// Random requests against a simple model of the shop: one after the other, and many at once.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { chance } from '../support/chance.ts';
import { repeated } from './effort.ts';
import { batch, run } from './orders-model/batches.ts';
import { conserved, contradictions } from './orders-model/books.ts';
import { commands } from './orders-model/commands.ts';

const TIMEOUT_MS = 120_000;
/** A failure is told with the seed and the smallest example that was found until then; `STACKYARD_SEED` gives it again. */
const settings = { seed: chance().seed, numRuns: repeated(12), interruptAfterTimeLimit: 60_000 };

beforeAll(async () => expect(await contradictions()).toEqual([]), TIMEOUT_MS);

test('one request after the other: every answer is as the model says, and nothing is lost or made', { timeout: TIMEOUT_MS }, () =>
  fc.assert(
    fc.asyncProperty(commands, (sequence) => conserved((model) => fc.asyncModelRun(() => ({ model, real: undefined }), sequence))),
    settings,
  ),
);

test('many at once: each order is paid once where a checkout of it succeeded, and nothing is lost or made', { timeout: TIMEOUT_MS }, () =>
  fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 2 }), (batches) =>
      conserved(async (model) => {
        for (const each of batches) await run(model, each);
      }),
    ),
    settings,
  ),
);
