// The Java methods that templates call on texts, lists and maps.
import { elementOf, isMap, propertyOf, textOf, type Value } from './values.ts';

type Method = (receiver: Value, ...args: Value[]) => Value;

/** By name, with the number of arguments; a receiver of another kind gives no value, as in Velocity. */
export const METHODS: Readonly<Record<string, { readonly arity: number; readonly call: Method }>> = {
  replace: onText(2, (text, search, replacement) => text.replaceAll(textOf(search), () => textOf(replacement))),
  contains: onText(1, (text, part) => text.includes(textOf(part))),
  startsWith: onText(1, (text, start) => text.startsWith(textOf(start))),
  toLowerCase: onText(0, (text) => text.toLowerCase()),
  length: onText(0, (text) => text.length),
  equals: { arity: 1, call: (receiver, other) => (exists(receiver) ? receiver === other : undefined) },
  isEmpty: { arity: 0, call: (receiver) => (sizeOf(receiver) === undefined ? undefined : sizeOf(receiver) === 0) },
  size: { arity: 0, call: (receiver) => (typeof receiver === 'string' ? undefined : sizeOf(receiver)) },
  get: { arity: 1, call: elementOf },
  keySet: { arity: 0, call: (receiver) => (isMap(receiver) ? Object.keys(receiver) : undefined) },
  containsKey: { arity: 1, call: (receiver, key) => (isMap(receiver) ? propertyOf(receiver, textOf(key)) !== undefined : undefined) },
};

/** Those whose arguments are known at load, so that the regular expression is made once. Undefined where Java and JavaScript may differ. */
export const REGEX_METHODS: Readonly<
  Record<string, { readonly arity: number; readonly prepare: (...args: string[]) => ((receiver: Value) => Value) | undefined }>
> = {
  replaceAll: {
    arity: 2,
    prepare(pattern = '', replacement = '') {
      const regex = shared(pattern);
      // `$1` and `\` have a meaning in Java's replacements.
      if (!regex || /[$\\]/.test(replacement)) return undefined;
      const each = new RegExp(regex, 'gu');
      return (receiver) => (typeof receiver === 'string' ? receiver.replace(each, replacement) : undefined);
    },
  },
  matches: {
    arity: 1,
    prepare(pattern = '') {
      if (!shared(pattern)) return undefined;
      const whole = new RegExp(`^(?:${pattern})$`, 'u');
      return (receiver) => (typeof receiver === 'string' ? whole.test(receiver) : undefined);
    },
  },
};

/** What both languages read alike: neither Java's inline flags, quoting and POSIX classes, nor nested classes. */
function shared(pattern: string): RegExp | undefined {
  if (/\(\?[a-zA-Z]|\\[QEpPAzZGhHRX]|&&|\[[^\]]*\[|[+*?}]\+/.test(pattern.replaceAll('\\\\', ''))) return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

const exists = (value: Value) => value !== null && value !== undefined;

function onText(arity: number, work: (text: string, ...args: Value[]) => Value): { arity: number; call: Method } {
  return { arity, call: (receiver, ...args) => (typeof receiver === 'string' && args.every(exists) ? work(receiver, ...args) : undefined) };
}

function sizeOf(value: Value): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}
