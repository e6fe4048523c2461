// Errors by which states fail, and which of them a retrier or catcher names (F3).
import type { Json } from './json.ts';

export const ALL = 'States.ALL';
export const TASK_FAILED = 'States.TaskFailed';
const BRANCH_FAILED = 'States.BranchFailed';
const DATA_LIMIT = 'States.DataLimitExceeded';
const RUNTIME = 'States.Runtime';
export const TIMEOUT = 'States.Timeout';

/** `code` and `reason` are what the language calls Error and Cause; each may be empty, as in a Fail state without them. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly code: string;
  readonly reason: string;
  /** It ended a branch, and so the whole Parallel state. */
  readonly ofBranch: boolean;
  constructor(code: string, reason = '', ofBranch = false) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.ofBranch = ofBranch;
  }

  /** What a catcher hands on (F6). */
  get output(): Json {
    return { Error: this.code, Cause: this.reason };
  }
}

/** The definition does not fit its data: nothing retries or catches this. */
export const runtimeError = (state: string, reason: string) =>
  new StateError(RUNTIME, `An error occurred while executing the state '${state}'. ${reason}`);

export const dataLimitExceeded = (state: string) =>
  new StateError(
    DATA_LIMIT,
    `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );

/** The execution has ended, or the branch: whatever still runs of it ends with this, and nobody sees it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export function isNamedBy(names: readonly string[], { code, ofBranch }: StateError): boolean {
  if (code === RUNTIME) return false;
  return names.some(
    (name) =>
      name === code ||
      (name === ALL && code !== DATA_LIMIT) ||
      (name === TASK_FAILED && code !== DATA_LIMIT && code !== TIMEOUT) ||
      (name === BRANCH_FAILED && ofBranch),
  );
}
