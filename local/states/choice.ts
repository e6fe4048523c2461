// Choice: the first rule that holds says where to go on.
import { choiceRule } from './choice-rule.ts';
import { filter } from './data-flow.ts';
import { listIn, textIn } from './definition.ts';
import { StateError } from './errors.ts';
import { frameOf } from './execution.ts';
import type { StateCompiler } from './state.ts';

export const choice: StateCompiler = (name, definition) => {
  const [first, last] = [filter(definition, 'InputPath'), filter(definition, 'OutputPath')];
  const rules = listIn(definition, 'Choices').map((rule) => ({ holds: choiceRule(rule, ['Next']), next: textIn(rule, 'Next') }));
  const otherwise = definition.Default === undefined ? undefined : textIn(definition, 'Default');
  return (raw, run) => {
    const frame = frameOf(run, name);
    const input = first(raw, frame);
    const next = rules.find(({ holds }) => holds(input, frame))?.next ?? otherwise;
    if (next === undefined)
      throw new StateError('States.NoChoiceMatched', `No choice of the state '${name}' holds, and it has no Default.`);
    return { output: last(input, frame), next };
  };
};
