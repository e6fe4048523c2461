// Parallel: every branch gets the same input; the first that fails stops the others (F7).
import { dataFlow } from './data-flow.ts';
import { listIn } from './definition.ts';
import { errorHandling } from './error-handling.ts';
import { StateError } from './errors.ts';
import { walk } from './flow.ts';
import { nextOf, type StateCompiler } from './state.ts';
import { workingState } from './working-state.ts';

export const parallel: StateCompiler = (name, definition, branch) => {
  const branches = listIn(definition, 'Branches').map(branch);
  return workingState({
    name,
    data: dataFlow(definition),
    errors: errorHandling(definition),
    next: nextOf(definition),
    async work(input, _, run) {
      const { scope, leave } = run.scope.child();
      try {
        return await Promise.all(branches.map((flow) => walk(flow, input, { ...run, scope })));
      } catch (error) {
        scope.stop();
        throw error instanceof StateError ? new StateError(error.code, error.reason, true) : error;
      } finally {
        leave();
      }
    },
  });
};
