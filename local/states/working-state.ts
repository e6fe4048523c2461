// What Task and Parallel have in common: work that can fail, be tried again and be caught.
import { type DataFlow, withinLimit } from './data-flow.ts';
import type { ErrorHandling } from './error-handling.ts';
import { StateError, Stopped } from './errors.ts';
import { type Frame, frameOf, type Run } from './execution.ts';
import type { State, Step } from './flow.ts';
import type { Json } from './json.ts';

export type Work = (input: Json, frame: Frame, run: Run) => Promise<Json>;

export interface WorkingState {
  readonly name: string;
  readonly data: DataFlow;
  readonly errors: ErrorHandling;
  readonly next: string | undefined;
  readonly work: Work;
}

export function workingState({ name, data, errors, next, work }: WorkingState): State {
  return async (raw, run): Promise<Step> => {
    const { enteredAt } = frameOf(run, name);
    let pauseAfter: ReturnType<ErrorHandling['attempts']> | undefined;
    for (let retries = 0; ; retries++) {
      // The pause before a retry may have ended in the very moment in which another branch failed.
      if (run.scope.stopped) throw new Stopped();
      const frame = frameOf(run, name, retries, enteredAt);
      try {
        const result = await work(data.input(raw, frame), frame, run);
        return { output: data.output(raw, result, frame), next };
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
        pauseAfter ??= errors.attempts(run.execution.random);
        const seconds = pauseAfter(error);
        if (seconds === undefined) return caught(error, raw, frame);
        await run.scope.pause(seconds * 1000);
      }
    }
  };

  function caught(error: StateError, raw: Json, frame: Frame): Step {
    const catcher = errors.catcherFor(error);
    if (!catcher) throw error;
    return { output: withinLimit(catcher.merge(raw, error.output, frame), name), next: catcher.next };
  }
}
