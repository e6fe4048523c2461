// The Express state machines of a host, for whoever starts them: the gateway's direct integration and the Step Functions API.
import type { Host } from '../host.ts';

/** What `StartSyncExecution` answers (F1); dates in seconds since 1970. */
export interface SyncExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly startDate: number;
  readonly stopDate: number;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  /** JSON text, as it was given. */
  readonly input: string;
  readonly inputDetails: { readonly included: true };
  /** JSON text; only where it succeeded. */
  readonly output?: string;
  readonly outputDetails: { readonly included: boolean };
  readonly error?: string;
  readonly cause?: string;
  readonly billingDetails: { readonly billedMemoryUsedInMB: number; readonly billedDurationInMilliseconds: number };
}

export interface StateMachine {
  readonly name: string;
  readonly arn: string;
  /** Resolves whatever becomes of the execution; rejects only for what keeps it from starting (input that is no JSON, or too large). */
  startSync(input: string, name?: string): Promise<SyncExecution>;
}

const ofHosts = new WeakMap<Host, Map<string, StateMachine>>();

/** By ARN. */
export function stateMachinesOf(host: Host): Map<string, StateMachine> {
  const machines = ofHosts.get(host) ?? new Map<string, StateMachine>();
  ofHosts.set(host, machines);
  return machines;
}
