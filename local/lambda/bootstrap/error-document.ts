// Errors as the Node.js runtime of Lambda reports them: `{errorType, errorMessage, trace}` (L4).

/** An error that the runtime itself found, named as AWS names it. */
export class RuntimeError extends Error {
  constructor(type: string, message: string, stack?: string) {
    super(message);
    this.name = type;
    if (stack !== undefined) this.stack = stack;
  }
}

/** JSON text; `mapTrace` turns the stack's lines into those of the source. */
export function errorDocument(error: unknown, mapTrace: (stack: string) => string): string {
  if (!isError(error)) return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  const stack = typeof error.stack === 'string' ? mapTrace(error.stack) : '';
  return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: stack === '' ? [] : stack.split('\n') });
}

/** Bundles may bring an `Error` of another realm. */
export const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
