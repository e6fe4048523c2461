// Going from state to state until one has no next.
import { setImmediate } from 'node:timers/promises';
import { Stopped } from './errors.ts';
import type { Run } from './execution.ts';
import type { Json } from './json.ts';

export interface Step {
  readonly output: Json;
  /** Undefined: the end. */
  readonly next: string | undefined;
}

/** States that need not wait answer at once. They throw `StateError`. */
export type State = (input: Json, run: Run) => Step | Promise<Step>;

/** The states of a machine, or of one branch. */
export interface Flow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A machine that only turns in circles must not keep the host from its other work, nor from ending it. */
const STEPS_AT_ONCE = 1000;

export async function walk({ startAt, states }: Flow, input: Json, run: Run): Promise<Json> {
  let next: string | undefined = startAt;
  let data = input;
  for (let steps = 1; next !== undefined; steps++) {
    if (steps % STEPS_AT_ONCE === 0) await setImmediate();
    if (run.scope.stopped) throw new Stopped();
    const state = states.get(next) as State;
    const step = state(data, run);
    ({ output: data, next } = step instanceof Promise ? await step : step);
  }
  return data;
}
