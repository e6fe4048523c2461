// The functions that this host runs, found by name or ARN as AWS's Invoke API finds them.

export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** `file.export`, e.g. `index.handler`. */
  readonly handler: string;
  /** Folder of the unpacked code. */
  readonly codeDir: string;
  /** Folders of the unpacked layers, in order; each may hold `nodejs/node_modules`. */
  readonly layerDirs: readonly string[];
  /** The function's own variables plus the SDK's endpoint variables; reserved ones are added by the environment (L9). */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly reservedConcurrency?: number;
}

export interface InvokeOptions {
  readonly requestId?: string;
  /** JSON text of the client context, as the Invoke API passes it. */
  readonly clientContext?: string;
  /** Also gives the event's last log lines, as `LogType: Tail` does. */
  readonly tail?: boolean;
}

/** Payloads are JSON text, as on the wire. */
export interface InvokeResult {
  readonly requestId: string;
  readonly payload: string;
  readonly functionError?: 'Unhandled';
  /** The log lines of this event, at most 4 KB, when they were asked for. */
  readonly logTail?: string;
}

/** What becomes of asynchronous events that fail (L11). */
export interface AsynchronousPolicy {
  /** 0 to 2, 2 by default: tries after the first one. */
  readonly maximumRetryAttempts?: number;
  /** 60 to 21,600, which is the default: seconds that throttled events are kept. */
  readonly maximumEventAgeSeconds?: number;
  /** ARN of the SQS queue that gets an invocation record. */
  readonly onFailure?: string;
}

export interface LambdaFunction {
  readonly definition: FunctionDefinition;
  /** Resolves also when the handler failed (then `functionError` is set); rejects with `TooManyRequests` when throttled (L1). */
  invoke(payload: string, options?: InvokeOptions): Promise<InvokeResult>;
  /** Queues the event (L11): retries, then the on-failure destination. Resolves when it is accepted. */
  invokeAsync(payload: string): Promise<void>;
  /** Initializes one environment ahead of its first event. A failing init is for the first event to report. */
  warm(): Promise<void>;
  /** For functions that nobody waits for: ends its idle environments and keeps none warm; a later event starts one again. */
  rest(): Promise<void>;
  setAsynchronousPolicy(policy: AsynchronousPolicy): void;
  /** Ends after the events in flight, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** The second one stands for the account's limit: here it is a full queue before a function without reserved concurrency. */
export type ThrottleReason = 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded';

export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequestsException';
  readonly reason: ThrottleReason;
  constructor(reason: ThrottleReason = 'ReservedFunctionConcurrentInvocationLimitExceeded') {
    super('Rate Exceeded.');
    this.reason = reason;
  }
}

export interface FunctionRegistry {
  /** Adds a function, or puts it in the place of the one of that name: whoever found the old one calls the new one from then on. */
  add(fn: LambdaFunction): void;
  /** By name, ARN, or ARN with a qualifier. */
  find(nameOrArn: string): LambdaFunction | undefined;
  all(): readonly LambdaFunction[];
  /** Notes that clients wait for what this function answers. */
  answersClients(arn: string): void;
  /** Warms the functions that clients wait for; the others rest until their first event. */
  settle(): Promise<void>;
}

export function functionRegistry(): FunctionRegistry {
  const slots = new Map<string, Slot>();
  const answering = new Set<string>();
  return {
    add(fn) {
      const slot = slots.get(fn.definition.name);
      if (slot) {
        slot.current = fn;
        if (slot.policy) fn.setAsynchronousPolicy(slot.policy);
      } else slots.set(fn.definition.name, slotOf(fn));
    },
    find: (nameOrArn) => slots.get(nameOrArn.startsWith('arn:') ? (nameOrArn.split(':')[6] ?? '') : nameOrArn),
    all: () => [...slots.values()],
    answersClients: (arn) => void answering.add(arn),
    async settle() {
      await Promise.all([...slots.values()].map((fn) => (answering.has(fn.definition.arn) ? fn.warm() : fn.rest())));
    },
  };
}

interface Slot extends LambdaFunction {
  current: LambdaFunction;
  /** Belongs to the name: another code gets it too. */
  policy: AsynchronousPolicy | undefined;
}

const slotOf = (fn: LambdaFunction): Slot => ({
  current: fn,
  policy: undefined,
  get definition() {
    return this.current.definition;
  },
  invoke(payload, options) {
    return this.current.invoke(payload, options);
  },
  invokeAsync(payload) {
    return this.current.invokeAsync(payload);
  },
  warm() {
    return this.current.warm();
  },
  rest() {
    return this.current.rest();
  },
  setAsynchronousPolicy(policy) {
    this.policy = policy;
    this.current.setAsynchronousPolicy(policy);
  },
  stop(graceMs) {
    return this.current.stop(graceMs);
  },
});
