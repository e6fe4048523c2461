// Task: a Lambda function, through `lambda:invoke` or by its ARN.
import { dataFlow } from './data-flow.ts';
import { type Definition, integerIn, onlyFields, textIn, Unsupported } from './definition.ts';
import { errorHandling } from './error-handling.ts';
import { runtimeError, StateError, TIMEOUT } from './errors.ts';
import type { State } from './flow.ts';
import { isObject, type Json } from './json.ts';
import { envelope, invoke } from './lambda-function.ts';
import { nextOf, type StateCompiler } from './state.ts';
import { type Work, workingState } from './working-state.ts';

const LAMBDA_INVOKE = /^arn:[\w-]+:states:::lambda:invoke$/;
const FUNCTION = /^arn:[\w-]+:lambda:[\w-]+:\d+:function:/;

export const task: StateCompiler = (name, definition): State => {
  const resource = textIn(definition, 'Resource');
  const timeout = integerIn(definition, 'TimeoutSeconds', 1, 99_999_999);
  const call = LAMBDA_INVOKE.test(resource) ? invokes(definition) : byArn(resource);
  return workingState({
    name,
    data: dataFlow(definition),
    errors: errorHandling(definition),
    next: nextOf(definition),
    work: (input, frame, run) => run.scope.waitFor(call(input, frame, run), timeout, () => new StateError(TIMEOUT)),
  });
};

/** The answer in an envelope (F5). */
function invokes({ Parameters }: Definition): Work {
  if (!isObject(Parameters)) throw new Unsupported('lambda:invoke needs Parameters');
  onlyFields(Parameters, ['FunctionName', 'FunctionName.$', 'Payload', 'Payload.$', 'InvocationType'], 'lambda:invoke');
  const type = Parameters.InvocationType ?? 'RequestResponse';
  if (type !== 'RequestResponse') throw new Unsupported(`InvocationType ${JSON.stringify(type)}: only RequestResponse is supported`);
  if (!('FunctionName' in Parameters || 'FunctionName.$' in Parameters)) throw new Unsupported('lambda:invoke needs FunctionName');
  return async (input, frame, { execution }) => {
    const { FunctionName, Payload = {} } = input as { readonly FunctionName: Json; readonly Payload?: Json };
    if (typeof FunctionName !== 'string') throw runtimeError(frame.state, `FunctionName must be text, not ${JSON.stringify(FunctionName)}`);
    return envelope(await invoke(FunctionName, Payload, execution, frame.state));
  };
}

function byArn(resource: string): Work {
  if (!FUNCTION.test(resource))
    throw new Unsupported(`Resource ${resource} is not supported. Supported: arn:aws:states:::lambda:invoke and ARNs of Lambda functions`);
  return async (input, frame, { execution }) => (await invoke(resource, input, execution, frame.state)).payload;
}
