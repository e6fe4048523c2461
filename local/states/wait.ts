// Wait: for seconds, or until a time.
import { instant } from './comparisons.ts';
import { filter } from './data-flow.ts';
import { type Definition, integerIn, onlyOneOf, textIn, Unsupported } from './definition.ts';
import { runtimeError } from './errors.ts';
import { type Frame, frameOf } from './execution.ts';
import { pathExpression } from './expression.ts';
import type { Json } from './json.ts';
import { nextOf, type StateCompiler } from './state.ts';

type Milliseconds = (input: Json, frame: Frame) => number;

export const wait: StateCompiler = (name, definition) => {
  const [first, last] = [filter(definition, 'InputPath'), filter(definition, 'OutputPath')];
  const next = nextOf(definition);
  const ms = duration(definition);
  return async (raw, run) => {
    const frame = frameOf(run, name);
    const input = first(raw, frame);
    await run.scope.pause(ms(input, frame));
    return { output: last(input, frame), next };
  };
};

function duration(definition: Definition): Milliseconds {
  const field = onlyOneOf(definition, ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']);
  if (field === 'Seconds') {
    const seconds = integerIn(definition, field, 0, 99_999_999) ?? 0;
    return () => seconds * 1000;
  }
  if (field === 'Timestamp') {
    const time = instant(textIn(definition, field));
    if (time === undefined) throw new Unsupported(`Timestamp ${definition.Timestamp} is no RFC 3339 time`);
    return () => time - Date.now();
  }
  const value = pathExpression(definition[field], field);
  return (input, frame) => {
    const found = value(input, frame);
    if (field === 'SecondsPath' && Number.isInteger(found) && (found as number) >= 0) return (found as number) * 1000;
    const time = field === 'TimestampPath' ? instant(found) : undefined;
    if (time === undefined)
      throw runtimeError(frame.state, `The ${field} parameter does not reference a valid value: ${JSON.stringify(found)}`);
    return time - Date.now();
  };
}
