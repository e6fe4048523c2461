// Errors as the Node.js runtime of Lambda reports them: `{errorType, errorMessage, trace}`.

/** An error that the runtime itself found, named as Lambda names it. */
export class RuntimeError extends Error {
  constructor(type, message, stack) {
    super(message);
    this.name = type;
    if (stack) this.stack = stack;
  }
}

/** JSON text. */
export function errorDocument(error) {
  // Bundles may bring an `Error` of another realm.
  if (!(error instanceof Error) && Object.prototype.toString.call(error) !== '[object Error]')
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: error.stack ? String(error.stack).split('\n') : [] });
}
