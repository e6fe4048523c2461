// A definition in Amazon States Language, made into functions once: what is not supported is a list of sentences.
import { choice } from './choice.ts';
import { type Definition, integerIn, onlyFields, textIn, Unsupported } from './definition.ts';
import type { Flow, State } from './flow.ts';
import { isObject } from './json.ts';
import { parallel } from './parallel.ts';
import { fail, pass, succeed } from './simple-states.ts';
import type { StateCompiler } from './state.ts';
import { task } from './task.ts';
import { wait } from './wait.ts';

export interface Machine extends Flow {
  readonly timeoutSeconds: number;
}

/** The longest synchronous execution (F2). */
const EXPRESS_SECONDS = 300;

const paths = ['InputPath', 'OutputPath'];
const result = ['Parameters', 'ResultPath'];
const handled = [...paths, ...result, 'ResultSelector', 'Retry', 'Catch', 'Next', 'End'];

const types: Readonly<Record<string, { readonly compile: StateCompiler; readonly fields: readonly string[] }>> = {
  Task: { compile: task, fields: ['Resource', 'TimeoutSeconds', ...handled] },
  Choice: { compile: choice, fields: ['Choices', 'Default', ...paths] },
  Pass: { compile: pass, fields: ['Result', ...paths, ...result, 'Next', 'End'] },
  Wait: { compile: wait, fields: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', ...paths, 'Next', 'End'] },
  Parallel: { compile: parallel, fields: ['Branches', ...handled] },
  Succeed: { compile: succeed, fields: paths },
  Fail: { compile: fail, fields: ['Error', 'ErrorPath', 'Cause', 'CausePath'] },
};

/** Exactly one of the two: a machine, or why there is none. */
export function compileMachine(definition: unknown): { readonly machine?: Machine; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const names = new Set<string>();
  const attempt = <T>(place: string, make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      problems.push(`${place}${error.message}`);
      return undefined;
    }
  };

  function flow(given: Definition): Flow {
    const states = new Map<string, State>();
    const scope = isObject(given.States) ? (given.States as Definition) : {};
    const startAt = textIn(given, 'StartAt');
    if (!Object.hasOwn(scope, startAt)) throw new Unsupported(`StartAt ${startAt} is no state beside it`);
    for (const [name, described] of Object.entries(scope)) {
      attempt(`state ${name}: `, () => {
        if (!isObject(described)) throw new Unsupported('it is no JSON object');
        if (names.has(name)) throw new Unsupported('the name is taken: states of a machine have names of their own, also in branches');
        names.add(name);
        const stray = targets(described).filter((target) => !Object.hasOwn(scope, target));
        if (stray.length > 0) throw new Unsupported(`it goes on to ${stray.join(', ')}, which is no state beside it`);
        states.set(name, stateOf(name, described, flow));
      });
    }
    return { startAt, states };
  }

  const machine = attempt('', (): Machine => {
    if (!isObject(definition)) throw new Unsupported('the definition is no JSON object');
    const given: Definition = definition;
    onlyFields(given, ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'], 'the machine');
    onlyJsonPath(given);
    if ((given.Version ?? '1.0') !== '1.0') throw new Unsupported(`Version ${given.Version}: only 1.0 is supported`);
    const seconds = integerIn(given, 'TimeoutSeconds', 1, 99_999_999) ?? EXPRESS_SECONDS;
    return { ...flow(given), timeoutSeconds: Math.min(seconds, EXPRESS_SECONDS) };
  });
  return machine && problems.length === 0 ? { machine, problems } : { problems };
}

function stateOf(name: string, definition: Definition, branch: (definition: Definition) => Flow): State {
  const known = Object.hasOwn(types, String(definition.Type)) ? types[definition.Type] : undefined;
  if (!known) throw new Unsupported(`Type ${definition.Type} is not supported. Supported: ${Object.keys(types).join(', ')}`);
  onlyFields(definition, ['Type', 'Comment', 'QueryLanguage', ...known.fields], `a ${definition.Type} state`);
  onlyJsonPath(definition);
  return known.compile(name, definition, (inner) => {
    onlyFields(inner, ['Comment', 'StartAt', 'States'], 'a branch');
    return branch(inner);
  });
}

function onlyJsonPath({ QueryLanguage: language = 'JSONPath' }: Definition): void {
  if (language !== 'JSONPath') throw new Unsupported(`QueryLanguage ${language} is not supported. Supported: JSONPath`);
}

/** Every name that a state goes on to. */
const targets = ({ Next, Default, Choices, Catch }: Definition): string[] =>
  [Next, Default, ...[Choices, Catch].flatMap((list) => (Array.isArray(list) ? list.map((entry) => entry?.Next) : []))].filter(
    (target) => typeof target === 'string',
  );
