// Runs definitions without a host: functions are plain ones, by name.
import type { LambdaFunction } from '../../local/lambda/registry.ts';
import type { SyncExecution } from '../../local/services/state-machines.ts';
import { type ExpressMachine, expressMachine } from '../../local/states/express.ts';
import { compileMachine } from '../../local/states/machine.ts';

export type Functions = Readonly<Record<string, (event: unknown) => unknown>>;

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:';

/** A Task that calls the function of this name. */
export const task = (name: string, more: object = { End: true }) => ({ Type: 'Task', Resource: `${ARN}${name}`, ...more });

/** What a definition with one state is refused for. */
export const problemsOf = (state: object): readonly string[] => compileMachine({ StartAt: 'One', States: { One: state } }).problems;

export function machineOf(definition: object, functions: Functions = {}, random: () => number = Math.random): ExpressMachine {
  const { machine, problems } = compileMachine(definition);
  if (!machine) throw new Error(problems.join('\n'));
  const find = (arn: string): LambdaFunction | undefined => {
    const handler = functions[arn.slice(ARN.length)];
    return handler && ({ invoke: (payload: string) => invoke(handler, payload) } as LambdaFunction);
  };
  const place = { name: 'm', region: 'us-east-1', account: '000000000000', roleArn: 'role' };
  return expressMachine(machine, { ...place, functions: { find }, random, log: () => undefined });
}

async function invoke(handler: (event: unknown) => unknown, payload: string) {
  try {
    return { requestId: 'id', payload: JSON.stringify((await handler(JSON.parse(payload))) ?? null) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return { requestId: 'id', payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' as const };
  }
}

export const run = (definition: object, input: unknown = {}, functions: Functions = {}): Promise<SyncExecution> =>
  machineOf(definition, functions).startSync(JSON.stringify(input));

/** What a Pass state makes of its input, or the code of its error. */
export async function passed(fields: object, input: unknown = {}): Promise<unknown> {
  const { output, error } = await run({ StartAt: 'One', States: { One: { Type: 'Pass', ...fields, End: true } } }, input);
  return output === undefined ? error : JSON.parse(output);
}
