// Retry and Catch of a state (F3, F6).
import { type Merge, resultPath } from './data-flow.ts';
import { type Definition, integerIn, listIn, numberIn, onlyFields, textIn, Unsupported } from './definition.ts';
import { ALL, isNamedBy, type StateError } from './errors.ts';

interface Retrier {
  readonly names: readonly string[];
  readonly maxAttempts: number;
  /** Seconds before the attempt, 1 for the first retry. */
  readonly pause: (attempt: number, random: () => number) => number;
}

interface Catcher {
  readonly names: readonly string[];
  readonly next: string;
  readonly merge: Merge;
}

export interface ErrorHandling {
  /** The counters of one visit to the state: seconds to wait before another try, undefined for none. The first retrier that matches decides. */
  attempts(random: () => number): (error: StateError) => number | undefined;
  catcherFor(error: StateError): Catcher | undefined;
}

const MOST_SECONDS = 99_999_999;

export function errorHandling(definition: Definition): ErrorHandling {
  const retriers = definition.Retry === undefined ? [] : listIn(definition, 'Retry').map(retrier);
  const catchers = definition.Catch === undefined ? [] : listIn(definition, 'Catch').map(catcher);
  return {
    attempts(random) {
      const counts = retriers.map(() => 0);
      return (error) => {
        const index = retriers.findIndex(({ names }) => isNamedBy(names, error));
        const found = retriers[index];
        const attempt = (counts[index] ?? 0) + 1;
        if (!found || attempt > found.maxAttempts) return undefined;
        counts[index] = attempt;
        return found.pause(attempt, random);
      };
    },
    catcherFor: (error) => catchers.find(({ names }) => isNamedBy(names, error)),
  };
}

function retrier(definition: Definition, index: number, all: readonly Definition[]): Retrier {
  onlyFields(
    definition,
    ['Comment', 'ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'],
    'Retry',
  );
  const interval = integerIn(definition, 'IntervalSeconds', 1, MOST_SECONDS) ?? 1;
  const rate = numberIn(definition, 'BackoffRate', 1, MOST_SECONDS) ?? 2;
  const longest = integerIn(definition, 'MaxDelaySeconds', 1, 31_622_400) ?? Number.POSITIVE_INFINITY;
  if (longest <= interval) throw new Unsupported(`MaxDelaySeconds ${longest} must be greater than IntervalSeconds ${interval}`);
  const { JitterStrategy: jitter = 'NONE' } = definition;
  if (jitter !== 'NONE' && jitter !== 'FULL')
    throw new Unsupported(`JitterStrategy ${JSON.stringify(jitter)}: only FULL and NONE are supported`);
  return {
    names: errorNames(definition, index === all.length - 1),
    maxAttempts: integerIn(definition, 'MaxAttempts', 0, MOST_SECONDS) ?? 3,
    pause(attempt, random) {
      const seconds = Math.min(interval * rate ** (attempt - 1), longest);
      return jitter === 'FULL' ? seconds * random() : seconds;
    },
  };
}

function catcher(definition: Definition, index: number, all: readonly Definition[]): Catcher {
  onlyFields(definition, ['Comment', 'ErrorEquals', 'ResultPath', 'Next'], 'Catch');
  return {
    names: errorNames(definition, index === all.length - 1),
    next: textIn(definition, 'Next'),
    merge: resultPath(definition),
  };
}

function errorNames({ ErrorEquals: names }: Definition, isLast: boolean): readonly string[] {
  if (!Array.isArray(names) || names.length === 0 || names.some((name) => typeof name !== 'string'))
    throw new Unsupported(`ErrorEquals ${JSON.stringify(names)}: only a list of error names is supported`);
  if (names.includes(ALL) && (names.length > 1 || !isLast))
    throw new Unsupported(`${ALL} must stand alone in ErrorEquals, in the last entry`);
  return names;
}
