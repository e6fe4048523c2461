// Intrinsic functions: `States.Format('{} of {}', $.done, $.all)`. Parsed once, when the machine is loaded.
import { randomUUID } from 'node:crypto';
import { Unsupported } from './definition.ts';
import { StateError } from './errors.ts';
import type { Frame } from './execution.ts';
import type { Json } from './json.ts';

type Value = (input: Json, frame: Frame) => Json;

interface Intrinsic {
  /** Least and most arguments. */
  readonly takes: readonly [number, number];
  readonly call: (args: readonly Json[]) => Json;
}

const failure = (reason: string) => new StateError('States.IntrinsicFailure', reason);

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  'States.Array': { takes: [0, Number.POSITIVE_INFINITY], call: (args) => args },
  'States.Format': { takes: [1, Number.POSITIVE_INFINITY], call: ([template, ...args]) => format(template as Json, args) },
  'States.JsonToString': { takes: [1, 1], call: ([value]) => JSON.stringify(value) },
  'States.MathAdd': { takes: [2, 2], call: ([one, other]) => whole(one) + whole(other) },
  'States.StringToJson': { takes: [1, 1], call: ([text]) => parsed(text) },
  'States.UUID': { takes: [0, 0], call: () => randomUUID() },
};

/** The path that begins at an offset of the text. */
export type PathReader = (from: number) => { readonly length: number; readonly value: Value } | undefined;

export function intrinsic(text: string, pathFrom: PathReader): Value {
  let at = 0;
  const take = (token: RegExp): RegExpExecArray | undefined => {
    token.lastIndex = at;
    const found = token.exec(text) ?? undefined;
    if (found) at = token.lastIndex;
    return found;
  };
  const unsupported = (what: string) => new Unsupported(`${text}: ${what}. Supported: ${Object.keys(intrinsics).join(', ')}`);

  function call(): Value | undefined {
    const name = take(/\s*([A-Za-z][\w.]*)\s*\(/y)?.[1];
    if (name === undefined) return undefined;
    const known = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
    if (!known) throw unsupported(`${name} is no intrinsic function here`);
    const args: Value[] = [];
    while (!take(/\s*\)/y)) {
      if (args.length > 0 && !take(/\s*,/y)) throw unsupported(`a comma or parenthesis is missing at ${at}`);
      args.push(argument(name === 'States.Format' && args.length === 0));
    }
    const [least, most] = known.takes;
    if (args.length < least || args.length > most) throw unsupported(`${name} does not take ${args.length} arguments`);
    return (input, frame) => known.call(args.map((value) => value(input, frame)));
  }

  function argument(isTemplate: boolean): Value {
    const quoted = take(/\s*'((?:[^'\\]|\\.)*)'/y)?.[1];
    // A template keeps its backslashes: they also tell its braces from placeholders.
    if (quoted !== undefined) return constant(isTemplate ? quoted : quoted.replaceAll(/\\(.)/g, '$1'));
    const literal = take(/\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|null|true|false)(?![\w.])/y)?.[1];
    if (literal !== undefined) return constant(JSON.parse(literal) as Json);
    take(/\s*/y);
    const path = pathFrom(at);
    if (path) {
      at += path.length;
      return path.value;
    }
    const inner = call();
    if (!inner) throw unsupported(`nothing is known at ${at}`);
    return inner;
  }

  const value = call();
  if (!value || !take(/\s*$/y)) throw unsupported('it is neither a path nor one intrinsic function');
  return value;
}

const constant =
  (value: Json): Value =>
  () =>
    value;

function format(template: Json, args: readonly Json[]): string {
  if (typeof template !== 'string') throw failure(`States.Format needs a text, not ${JSON.stringify(template)}`);
  let used = 0;
  const text = template.replaceAll(/\\(.)|\{\}/g, (_, escaped?: string) => escaped ?? interpolated(args[used++]));
  if (used !== args.length) throw failure(`States.Format: '${template}' has ${used} places for ${args.length} values`);
  return text;
}

function interpolated(value: Json | undefined): string {
  if (typeof value === 'object' && value !== null) throw failure('States.Format takes no arrays and objects: use States.JsonToString');
  return typeof value === 'string' ? value : String(value);
}

function whole(value: Json | undefined): number {
  if (!Number.isSafeInteger(value)) throw failure(`States.MathAdd needs whole numbers, not ${JSON.stringify(value)}`);
  return value as number;
}

function parsed(text: Json | undefined): Json {
  try {
    return JSON.parse(text as string) as Json;
  } catch {
    throw failure(`States.StringToJson: ${JSON.stringify(text)} is no JSON text`);
  }
}
