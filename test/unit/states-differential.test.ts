// The interpreter against another one: random machines, random input, the same outcome.
import { StateMachine } from 'aws-local-stepfunctions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LambdaFunction } from '../../local/lambda/registry.ts';
import { expressMachine } from '../../local/states/express.ts';
import { compileMachine, type Machine } from '../../local/states/machine.ts';
import { type Behaviour, type Sample, sample } from './states-definitions.ts';

type Outcome = { readonly output: unknown } | { readonly error: string | undefined; readonly cause?: string | undefined };

/** A function for each task, new for each execution: `recover` fails once. */
function functions() {
  const calls = new Map<string, number>();
  return (task: string, event: unknown): { readonly answer: unknown } | { readonly failure: string } => {
    const [behaviour, name = ''] = task.split('-') as [Behaviour, string];
    const count = (calls.get(name) ?? 0) + 1;
    calls.set(name, count);
    if (behaviour === 'fail' || (behaviour === 'recover' && count === 1)) return { failure: behaviour === 'fail' ? 'SoldOut' : 'Busy' };
    return { answer: behaviour === 'number' ? 3 : behaviour === 'echo' ? event : { a: event, r: 'wrapped' } };
  };
}
const document = (errorType: string) => JSON.stringify({ errorType, errorMessage: 'asked to fail' });

async function ours({ definition, input }: Sample): Promise<Outcome> {
  const { machine, problems } = compileMachine(definition);
  expect(problems).toEqual([]);
  const call = functions();
  const find = (arn: string) =>
    ({
      async invoke(payload: string) {
        const done = call(arn.split(':')[6] ?? '', JSON.parse(payload));
        if ('failure' in done) return { requestId: '', payload: document(done.failure), functionError: 'Unhandled' };
        return { requestId: '', payload: JSON.stringify(done.answer) };
      },
    }) as unknown as LambdaFunction;
  const hosted = expressMachine(machine as Machine, {
    name: 'm',
    region: 'us-east-1',
    account: '000000000000',
    roleArn: '',
    functions: { find },
    random: () => 0,
    log: () => undefined,
  });
  const { status, output, error, cause } = await hosted.startSync(JSON.stringify(input));
  return status === 'SUCCEEDED' ? { output: compared(JSON.parse(output ?? '')) } : failed(error, cause);
}

async function theirs({ definition, input }: Sample): Promise<Outcome> {
  const call = functions();
  const tasks = Object.fromEntries(
    [...JSON.stringify(definition).matchAll(/function:(\w+-([\w.]+))/g)].map(([, task = '', name = '']) => [name, task]),
  );
  const machine = new StateMachine(definition as ConstructorParameters<typeof StateMachine>[0], {
    validationOptions: { noValidate: true },
  });
  const { result } = machine.run(input as Parameters<typeof machine.run>[0], {
    overrides: {
      retryIntervalOverrides: Object.fromEntries(Object.keys(tasks).map((name) => [name, 0])),
      taskResourceLocalHandlers: Object.fromEntries(
        Object.entries(tasks).map(([name, task]) => [
          name,
          (event) => {
            const done = call(task, event);
            if ('failure' in done) throw Object.assign(new Error(document(done.failure)), { name: done.failure });
            return done.answer as typeof event;
          },
        ]),
      ),
    },
  });
  try {
    return { output: compared(await result) };
  } catch (error) {
    const { name, message } = (error as { cause: Error }).cause;
    return failed(name, message);
  }
}

/** What the language itself reports has texts of its own in each interpreter. */
const isOwnText = (error: unknown) => typeof error === 'string' && error.startsWith('States.');
const failed = (error = '', cause?: string): Outcome => (isOwnText(error) ? { error } : { error, cause });
const compared = (output: unknown): unknown =>
  JSON.parse(JSON.stringify(output), (_, value) => (isOwnText(value?.Error) ? { Error: value.Error } : value));

test('random machines end as they do in another interpreter', async () => {
  await fc.assert(
    fc.asyncProperty(sample, async (one) => {
      expect(await ours(one)).toEqual(await theirs(one));
    }),
    // The same machines each time: what is left out above is what was found, and rarer differences may remain.
    { numRuns: 1000, seed: 1 },
  );
}, 60_000);
