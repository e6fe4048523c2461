// The comparison operators of choice rules. A value of another type than the operator's is simply not a match.
import { Unsupported } from './definition.ts';
import type { Json } from './json.ts';

export type Comparison = (value: Json, other: Json) => boolean;

interface Kind {
  /** What is compared, or undefined for a value of another type. */
  readonly comparable: (value: Json) => string | number | boolean | undefined;
  readonly orders: boolean;
}

const kinds: Readonly<Record<string, Kind>> = {
  String: { comparable: (value) => (typeof value === 'string' ? value : undefined), orders: true },
  Numeric: { comparable: (value) => (typeof value === 'number' ? value : undefined), orders: true },
  Boolean: { comparable: (value) => (typeof value === 'boolean' ? value : undefined), orders: false },
  Timestamp: { comparable: instant, orders: true },
};

type Comparable = string | number | boolean;
const orders: Readonly<Record<string, (one: Comparable, other: Comparable) => boolean>> = {
  Equals: (one, other) => one === other,
  LessThan: (one, other) => one < other,
  GreaterThan: (one, other) => one > other,
  LessThanEquals: (one, other) => one <= other,
  GreaterThanEquals: (one, other) => one >= other,
};

/** By name: `StringEquals` … `TimestampGreaterThanEquals`. Each exists with `Path` behind its name too. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map(
  Object.entries(kinds).flatMap(([kind, { comparable, orders: ordered }]) =>
    Object.entries(orders)
      .filter(([order]) => ordered || order === 'Equals')
      .map(([order, holds]): [string, Comparison] => [
        `${kind}${order}`,
        (value, other) => {
          const [left, right] = [comparable(value), comparable(other)];
          return left !== undefined && right !== undefined && holds(left, right);
        },
      ]),
  ),
);

export const typeTests: ReadonlyMap<string, (value: Json) => boolean> = new Map([
  ['IsNull', (value: Json) => value === null],
  ['IsString', (value: Json) => typeof value === 'string'],
  ['IsNumeric', (value: Json) => typeof value === 'number'],
  ['IsBoolean', (value: Json) => typeof value === 'boolean'],
  ['IsTimestamp', (value: Json) => instant(value) !== undefined],
]);

/** The right side of a comparison with a constant; one of another type would never match, which nobody means. */
export function constantFor(operator: string, value: Json): Json {
  const kind = Object.keys(kinds).find((name) => operator.startsWith(name));
  if (kind && kinds[kind]?.comparable(value) === undefined)
    throw new Unsupported(`${operator} ${JSON.stringify(value)}: the value is of another type`);
  return value;
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970 of an RFC 3339 time with capital T and Z. */
export function instant(value: Json): number | undefined {
  if (typeof value !== 'string' || !TIMESTAMP.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** `*` stands for any text; `\*` and `\\` for themselves. */
export function stringMatches(pattern: string): (value: Json) => boolean {
  const source = pattern.replaceAll(/\\([\\*])|[.*+?^${}()|[\]\\/-]/g, (found, escaped?: string) =>
    found === '*' ? '.*' : `\\${escaped ?? found}`,
  );
  const whole = new RegExp(`^${source}$`, 's');
  return (value) => typeof value === 'string' && whole.test(value);
}
