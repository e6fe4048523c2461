// Tests that wait for minutes: a clock of the embedded host shortens them, elsewhere they are real.
import { test } from 'vitest';
import { targetOf } from '../support/target.ts';

const embedded = targetOf('rules') === 'embedded';

/** Time-out of such tests. */
export const minutes = embedded ? 30_000 : 900_000;

/** Where minutes are real, the tests of a file pass them together. */
export const timed: (name: string, fn: () => Promise<void>) => void = embedded ? test : test.concurrent;
