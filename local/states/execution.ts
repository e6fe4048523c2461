// What the states of one execution share, and the context object that `$$.` reads (F8).
import type { FunctionRegistry } from '../lambda/registry.ts';
import type { Json } from './json.ts';
import type { Scope } from './scope.ts';

export interface Execution {
  readonly id: string;
  readonly name: string;
  readonly input: Json;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly roleArn: string;
  readonly machine: { readonly arn: string; readonly name: string };
  readonly functions: Pick<FunctionRegistry, 'find'>;
  /** From 0 up to 1, for the jitter of retries. */
  readonly random: () => number;
}

/** An execution, or one branch of it. */
export interface Run {
  readonly execution: Execution;
  readonly scope: Scope;
}

/** A state that is being run. */
export interface Frame {
  readonly execution: Execution;
  readonly state: string;
  readonly enteredAt: number;
  readonly retryCount: number;
}

export const frameOf = ({ execution }: Run, state: string, retryCount = 0, enteredAt = Date.now()): Frame => ({
  execution,
  state,
  enteredAt,
  retryCount,
});

/** Made where a path asks for it: most machines never do. */
export const contextObject = ({
  execution: { id, name, input, startedAt, roleArn, machine },
  state,
  enteredAt,
  retryCount,
}: Frame): Json => ({
  Execution: { Id: id, Input: input, Name: name, RoleArn: roleArn, StartTime: new Date(startedAt).toISOString() },
  StateMachine: { Id: machine.arn, Name: machine.name },
  State: { Name: state, EnteredTime: new Date(enteredAt).toISOString(), RetryCount: retryCount },
});
