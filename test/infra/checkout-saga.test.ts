// The checkout as a state machine, by meaning: what follows what, what is tried again, how it goes back, and how long all of it may take.
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { stackOf } from './stage.ts';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds?: number;
  readonly BackoffRate?: number;
  readonly JitterStrategy: string;
}
interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string; readonly ResultPath?: string }[];
  readonly Choices?: readonly { readonly Variable: string; readonly StringEquals: string; readonly Next: string }[];
  readonly Parameters?: { readonly FunctionName: string; readonly Payload: Readonly<Record<string, unknown>> };
}
interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

let template: Template;
// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
let machine: any;
let definition: Definition;

beforeAll(() => {
  template = stackOf('dev', 'systems');
  [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  definition = JSON.parse(textOf(machine.Properties.DefinitionString)) as Definition;
});

const API_GATEWAY_SECONDS = 29;
const state = (name: string): State => {
  const found = definition.States[name];
  if (!found) throw new Error(`There is no state ${name}`);
  return found;
};
const tasks = () => Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task');
/** The state after one with this outcome: choices are looked through. */
function following(name: string, outcome?: string): string {
  const next = state(name).Next ?? '';
  const { Type, Choices = [], Default = '' } = state(next);
  if (Type !== 'Choice') return next;
  return Choices.find(({ StringEquals }) => StringEquals === outcome)?.Next ?? Default;
}
const afterFailure = (name: string) => state(name).Catch?.map(({ ErrorEquals, Next }) => `${ErrorEquals} ${Next}`);

describe('the way of a checkout', () => {
  test('goes forward from begin to the answer', () => {
    expect(definition.StartAt).toBe('Begin');
    expect(following('Begin', 'run')).toBe('Reserve');
    expect(following('Reserve', 'done')).toBe('Charge');
    expect(following('Charge', 'done')).toBe('Complete');
    expect(following('Complete', 'succeeded')).toBe('Answer');
    expect(state('Answer').End).toBe(true);
  });

  test('ends at once where there is nothing to run', () => {
    expect(following('Begin', 'answered')).toBe('Answer');
  });

  test.each(['refused', 'undone'])('turns round at a step that was %s', (outcome) => {
    expect(following('Reserve', outcome)).toBe('Abort');
    expect(following('Charge', outcome)).toBe('Abort');
  });

  test('turns round at a step that gave no answer', () => {
    for (const step of ['Reserve', 'Charge', 'Complete']) expect(afterFailure(step), step).toEqual(['States.ALL Abort']);
  });

  test('goes back in reverse: refund, release, close', () => {
    expect(following('Abort', 'compensating')).toBe('Refund');
    expect(following('Complete', 'compensating')).toBe('Refund');
    expect(following('Refund')).toBe('Release');
    expect(following('Release')).toBe('Close');
    expect(following('Close')).toBe('Answer');
  });

  test('ends after the decision where there is nothing to undo, or where it had succeeded', () => {
    expect(following('Abort', 'failed')).toBe('Answer');
    expect(following('Abort', 'succeeded')).toBe('Answer');
  });

  test('answers as decided also where undoing fails: the reconciler does the rest', () => {
    for (const step of ['Refund', 'Release', 'Close']) expect(afterFailure(step), step).toEqual(['States.ALL Answer']);
  });

  test('answers nothing where nobody knows the decision: the machine fails', () => {
    expect(afterFailure('Abort')).toBeUndefined();
  });
});

test('each step asks the service that it belongs to', () => {
  const asked = tasks().map(([name, { Parameters }]) => [name, serviceOf(Parameters?.FunctionName ?? ''), Parameters?.Payload.action]);

  expect(asked.sort()).toEqual([
    ['Abort', 'orders', 'abort'],
    ['Begin', 'orders', 'begin'],
    ['Charge', 'payment', 'charge'],
    ['Close', 'orders', 'close'],
    ['Complete', 'orders', 'complete'],
    ['Refund', 'payment', 'refund'],
    ['Release', 'stock', 'release'],
    ['Reserve', 'stock', 'reserve'],
  ]);
  for (const [name, { Parameters }] of tasks())
    expect(Object.keys(Parameters?.Payload ?? {}), name).toEqual(expect.arrayContaining(['requestId.$', 'traceparent.$']));
});

describe('trying again', () => {
  test('is for what may go well a moment later, and never for a mistake of ours', () => {
    for (const [name, { Retry = [] }] of tasks()) {
      expect(Retry, name).toHaveLength(1);
      const errors = Retry[0]?.ErrorEquals ?? [];
      expect(errors, name).toEqual(expect.arrayContaining(['DatabaseUnavailable', 'Lambda.TooManyRequestsException', 'States.Timeout']));
      expect(
        errors.filter(
          (error) => !/^(DatabaseUnavailable|Lambda\.\w+|Sandbox\.Timedout|Runtime\.(ExitError|OutOfMemory)|States\.Timeout)$/.test(error),
        ),
      ).toEqual([]);
    }
  });

  test('is spread by full jitter', () => {
    for (const [name, { Retry }] of tasks()) expect(Retry?.[0]?.JitterStrategy, name).toBe('FULL');
  });
});

describe('time', () => {
  /** Of a step whose every try takes all its time. */
  function worstCase(name: string): number {
    const { TimeoutSeconds = Number.POSITIVE_INFINITY, Retry = [] } = state(name);
    const [{ IntervalSeconds, BackoffRate = 2, MaxAttempts, MaxDelaySeconds = Number.POSITIVE_INFINITY } = {} as Retrier] = Retry;
    const waits = Array.from({ length: MaxAttempts }, (_, n) => Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds));
    return TimeoutSeconds * (MaxAttempts + 1) + waits.reduce((sum, wait) => sum + wait, 0);
  }

  const before = ['Begin', 'Reserve', 'Charge', 'Complete'];

  test('is bounded for every step but the decision against a saga, which is tried until the machine ends', () => {
    for (const [name] of tasks()) if (name !== 'Abort') expect(worstCase(name), name).toBeLessThanOrEqual(5);
    expect(worstCase('Abort')).toBeGreaterThan(definition.TimeoutSeconds);
  });

  test('is enough for three tries of the decision, however slow the steps before it were', () => {
    const left = definition.TimeoutSeconds - before.map(worstCase).reduce((sum, seconds) => sum + seconds);
    const { TimeoutSeconds: eachTry = Number.POSITIVE_INFINITY, Retry } = state('Abort');

    expect(left).toBeGreaterThanOrEqual(3 * eachTry + 2 * (Retry?.[0]?.IntervalSeconds ?? Number.POSITIVE_INFINITY));
  });

  test('is over for the machine before API Gateway gives up', () => {
    expect(definition.TimeoutSeconds).toBe(28);
    expect(definition.TimeoutSeconds).toBeLessThan(API_GATEWAY_SECONDS);
  });
});

test('the machine is of the type that can be waited for, and logs what failed', () => {
  expect(machine.Properties.StateMachineType).toBe('EXPRESS');
  expect(machine.Properties.LoggingConfiguration).toMatchObject({ Level: 'ERROR' });
});

/** A template's text, with each reference to a resource as `<its logical id>`. */
function textOf(value: { 'Fn::Join': [string, (string | { 'Fn::GetAtt'?: [string, string]; Ref?: string })[]] }): string {
  const [separator, parts] = value['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : `<${part['Fn::GetAtt']?.[0] ?? part.Ref}>`)).join(separator);
}

function serviceOf(functionName: string): string {
  const id = functionName.replace(/[<>]/g, '');
  const name = template.findResources('AWS::Lambda::Function')[id]?.Properties.FunctionName as string;
  return name.replace(/^stackyard-dev-/, '').split('-')[0] ?? '';
}
