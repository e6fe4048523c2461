// The error documents that Lambda itself writes, where a handler cannot.
export interface ErrorDocument {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** L3 */
export const timedOut = (requestId: string, timeoutSeconds: number): ErrorDocument => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
});

/** L4 */
export const exited = (requestId: string, status: number): ErrorDocument => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited ${status === 0 ? 'without providing a reason' : `with error: exit status ${status}`}`,
});

/** For events that shared an environment with one that timed out, or that was ended at a stop. */
export const killed = (requestId: string): ErrorDocument => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
});

export const outOfMemory = (requestId: string): ErrorDocument => ({
  errorType: 'Runtime.OutOfMemory',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
});
