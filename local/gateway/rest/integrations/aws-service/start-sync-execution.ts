// `states:action/StartSyncExecution` (F1): runs an Express state machine and answers with its outcome.
import { AwsError } from '../../../../services/control-api.ts';
import { stateMachinesOf } from '../../../../services/state-machines.ts';
import type { Action, ServiceAnswer } from './action.ts';

interface StartSyncExecution {
  readonly stateMachineArn: string;
  readonly input?: string;
  readonly name?: string;
}

export const startSyncExecution: Action = async (body, host) => {
  const request = json(body);
  if (!isRequest(request)) return failed('SerializationException', 'The request template made no request of StartSyncExecution.');
  const machine = stateMachinesOf(host).get(request.stateMachineArn);
  if (!machine) return failed('StateMachineDoesNotExist', `State Machine Does Not Exist: '${request.stateMachineArn}'`);
  try {
    return { status: 200, body: await machine.startSync(request.input ?? '{}', request.name) };
  } catch (error) {
    if (error instanceof AwsError) return failed(error.code, error.message, error.status);
    throw error;
  }
};

const failed = (type: string, message: string, status = 400): ServiceAnswer => ({ status, body: { __type: type, message } });

const isRequest = (value: unknown): value is StartSyncExecution =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as StartSyncExecution).stateMachineArn === 'string' &&
  isTextOrMissing((value as StartSyncExecution).input) &&
  isTextOrMissing((value as StartSyncExecution).name);

const isTextOrMissing = (value: unknown) => value === undefined || typeof value === 'string';

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
