// A hosted Express state machine: each execution runs within its caller's request, and ends with it (F1, F2).
import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import { AwsError } from '../services/control-api.ts';
import type { StateMachine, SyncExecution } from '../services/state-machines.ts';
import { StateError, TIMEOUT } from './errors.ts';
import type { Execution } from './execution.ts';
import { walk } from './flow.ts';
import { type Json, PAYLOAD_BYTES } from './json.ts';
import type { Machine } from './machine.ts';
import { Scope } from './scope.ts';

export interface ExpressOptions extends Pick<Execution, 'roleArn' | 'functions' | 'random'> {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly log: Log;
}

export interface ExpressMachine extends StateMachine {
  /** Waits for the executions that run, at most `graceMs`; the others fail then. */
  stop(graceMs: number): Promise<void>;
}

type Outcome = Pick<SyncExecution, 'status' | 'output' | 'error' | 'cause'>;

const MEMORY_MB = 64;
/** AWS bills in steps of 100 ms. */
const billedMs = (ms: number) => Math.ceil(ms / 100) * 100;

export function expressMachine(machine: Machine, { name, region, account, log, ...shared }: ExpressOptions): ExpressMachine {
  const arn = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  const running = new Map<Promise<unknown>, (outcome: Outcome) => void>();

  /** Ends at the deadline whatever its states are at; nothing of it begins afterwards. */
  async function outcomeOf(execution: Execution): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const scope = new Scope();
    const timer = setTimeout(() => resolve({ status: 'TIMED_OUT', error: TIMEOUT }), machine.timeoutSeconds * 1000);
    running.set(promise, resolve);
    walk(machine, execution.input, { execution, scope }).then(
      (output) => resolve({ status: 'SUCCEEDED', output: JSON.stringify(output) }),
      (error: unknown) => resolve(failure(error)),
    );
    const outcome = await promise;
    clearTimeout(timer);
    running.delete(promise);
    scope.stop();
    return outcome;
  }

  async function startSync(input: string, executionName: string = randomUUID()): Promise<SyncExecution> {
    const parsed = parsedInput(input);
    if (!isName(executionName)) throw new AwsError('InvalidName', `Invalid Name: '${executionName}'`);
    const id = `arn:aws:states:${region}:${account}:express:${name}:${executionName}:${randomUUID()}`;
    const startedAt = Date.now();
    const outcome = await outcomeOf({ id, name: executionName, input: parsed, startedAt, machine: { arn, name }, ...shared });
    const stoppedAt = Date.now();
    if (outcome.status !== 'SUCCEEDED') {
      const level = outcome.error === 'States.Runtime' ? 'error' : 'debug';
      log(level, `states ${name}`, `${executionName} ${outcome.status} ${outcome.error ?? ''} ${outcome.cause ?? ''}`);
    }
    return {
      executionArn: id,
      stateMachineArn: arn,
      name: executionName,
      startDate: startedAt / 1000,
      stopDate: stoppedAt / 1000,
      input,
      inputDetails: { included: true },
      outputDetails: { included: outcome.status === 'SUCCEEDED' },
      ...outcome,
      billingDetails: { billedMemoryUsedInMB: MEMORY_MB, billedDurationInMilliseconds: billedMs(stoppedAt - startedAt) },
    };
  }

  return {
    name,
    arn,
    startSync,
    async stop(graceMs) {
      const grace = setTimeout(() => {
        for (const end of running.values()) end({ status: 'FAILED', error: 'States.Runtime', cause: 'The host was stopped.' });
      }, graceMs);
      while (running.size > 0) await Promise.all(running.keys());
      clearTimeout(grace);
    },
  };
}

function failure(error: unknown): Outcome {
  if (error instanceof StateError) {
    const { code, reason } = error;
    return { status: 'FAILED', ...(code && { error: code }), ...(reason && { cause: reason }) };
  }
  return { status: 'FAILED', error: 'States.Runtime', cause: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function parsedInput(input: string): Json {
  if (Buffer.byteLength(input) > PAYLOAD_BYTES)
    throw new AwsError(
      'ValidationException',
      `Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${PAYLOAD_BYTES}`,
    );
  try {
    return JSON.parse(input) as Json;
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

/** 1 to 80 characters, none of those that AWS reserves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among them
const isName = (name: string) => /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name);
