// Values of a template, with the meaning that Java gives them: Velocity 1.7 on AWS knows neither JavaScript's truth nor its equality.

/** A text, number, boolean, list or map; null and undefined are "no value". */
export type Value = unknown;

export type ValueMap = Readonly<Record<string, Value>>;

export const isMap = (value: Value): value is ValueMap => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only own properties: `$answer.constructor` is no value. */
export const propertyOf = (value: Value, name: string): Value => (isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined);

/** Of a list by number, of a map by key. */
export const elementOf = (value: Value, index: Value): Value =>
  Array.isArray(value) ? value[Number(index)] : propertyOf(value, textOf(index));

/** Everything but no value and `false`: an empty text and 0 are true. */
export const isTrue = (value: Value): boolean => value !== null && value !== undefined && value !== false;

/** Numbers by value, everything else of two kinds by its text; no value equals only no value. */
export function areEqual(left: Value, right: Value): boolean {
  if (left === null || left === undefined || right === null || right === undefined) return (left ?? null) === (right ?? null);
  return left === right || textOf(left) === textOf(right);
}

/** Maps print as Java prints them, `{a=1}`; lists as JSON, as AWS's do. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return JSON.stringify(value);
  if (!isMap(value)) return String(value);
  const entries = Object.entries(value).map(([key, element]) => `${key}=${textOf(element)}`);
  return `{${entries.join(', ')}}`;
}
