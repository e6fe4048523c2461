// Route selection expressions (W3): where in a message its route stands.

const EXPRESSION = /^\$request\.body((?:\.[A-Za-z_][\w-]*)+)$/;

/** The names on the way from a message to its route; undefined for an expression that this gateway does not evaluate. */
export const selectionPath = (expression: string): readonly string[] | undefined => EXPRESSION.exec(expression)?.[1]?.slice(1).split('.');

/** The text that stands there; undefined for a message that is not JSON, or without a text or number at that place. */
export function selected(message: string, path: readonly string[]): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return undefined;
  }
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
