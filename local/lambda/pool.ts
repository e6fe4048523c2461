// The environments of one function: started when events need them, reused while warm, ended when idle (L1, L2).
import { Environment, type EnvironmentOptions, type InitFailure, type Outcome } from './environment.ts';
import { INIT_MS } from './limits.ts';
import { TooManyRequests } from './registry.ts';
import type { Sandbox } from './sandbox.ts';

export interface PoolOptions {
  readonly eventsPerEnvironment: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number | undefined;
  readonly sandbox: () => Sandbox;
  readonly environment: (sandbox: Sandbox) => EnvironmentOptions;
  /** Initializing before the first event; 10 s on AWS. */
  readonly initMs?: number;
  /** After which an idle environment ends; one always stays, unless the function rests. */
  readonly idleMs?: number;
}

export interface PoolEvent {
  readonly requestId: string;
  readonly payload: string;
  readonly clientContext: string | undefined;
  /** Called when an environment takes the event. */
  readonly started: () => void;
}

export interface PoolOutcome extends Outcome {
  readonly durationMs: number;
  /** Set for the first event of an environment. */
  readonly initMs?: number;
  readonly heapMb: number;
}

interface Slot {
  readonly environment: Environment;
  initMs: number | undefined;
  idleSince: number;
}

interface Waiting {
  readonly event: PoolEvent;
  readonly resolve: (outcome: PoolOutcome | Promise<PoolOutcome>) => void;
}

/** Threads share this machine's cores, so more of them gain nothing; a fleet of AWS would give each event its own. */
const STRICT_ENVIRONMENTS = 8;
const SHARED_ENVIRONMENTS = 2;
/** Events that wait for an environment; with more than these the function is throttled. */
const QUEUE = 1000;
const IDLE_MS = 5 * 60_000;

export class Pool {
  readonly #options: PoolOptions;
  readonly #cap: number;
  readonly #warm = new Set<Slot>();
  readonly #alive = new Set<Environment>();
  readonly #sandboxes: Sandbox[] = [];
  readonly #reaped = new WeakSet<Environment>();
  readonly #waiting: Waiting[] = [];
  readonly #reaper: NodeJS.Timeout;
  #starting = 0;
  #accepted = 0;
  #stopping = false;
  #resting = false;
  readonly #drained = Promise.withResolvers<void>();

  constructor(options: PoolOptions) {
    this.#options = options;
    const environments = options.eventsPerEnvironment === 1 ? STRICT_ENVIRONMENTS : SHARED_ENVIRONMENTS;
    this.#cap = Math.min(environments, options.reservedConcurrency ?? environments);
    const idleMs = options.idleMs ?? IDLE_MS;
    this.#reaper = setInterval(() => this.#reap(performance.now() - idleMs), idleMs / 5).unref();
  }

  get size(): number {
    return this.#alive.size;
  }

  /** Rejects with `TooManyRequests` when throttled, else resolves, also for failed events. */
  async run(event: PoolEvent): Promise<PoolOutcome> {
    if (this.#stopping) throw new Error('The function is being stopped');
    if (this.#accepted >= (this.#options.reservedConcurrency ?? Number.POSITIVE_INFINITY)) throw new TooManyRequests();
    if (this.#waiting.length >= QUEUE) throw new TooManyRequests('ConcurrentInvocationLimitExceeded');
    this.#accepted++;
    try {
      const slot = this.#roomiest();
      return await (slot ? this.#execute(slot, event) : this.#queue(event));
    } finally {
      if (--this.#accepted === 0 && this.#stopping) this.#drained.resolve();
    }
  }

  /** Resolves when one environment is initialized, or has failed to. */
  async warm(): Promise<void> {
    if (this.#alive.size > 0 || this.#cap === 0 || this.#resting) return;
    await this.#start().ready.catch(() => undefined);
  }

  /** From now on no environment is kept without events. */
  async rest(): Promise<void> {
    this.#resting = true;
    await Promise.all(this.#reap(performance.now()));
  }

  /** Lets accepted events finish, at most `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    clearInterval(this.#reaper);
    this.#stopping = true;
    const timer = setTimeout(this.#drained.resolve, graceMs);
    if (this.#accepted > 0) await this.#drained.promise;
    clearTimeout(timer);
    this.#waiting.length = 0;
    await Promise.all([...this.#alive].map((environment) => environment.end()));
    for (const sandbox of this.#sandboxes) sandbox.remove();
  }

  /** The busiest environment with room, so that others may become idle; the oldest among equals. */
  #roomiest(): Slot | undefined {
    let best: Slot | undefined;
    for (const slot of this.#warm) {
      const { ending, inFlight } = slot.environment;
      if (!ending && inFlight < this.#options.eventsPerEnvironment && inFlight > (best?.environment.inFlight ?? -1)) best = slot;
    }
    return best;
  }

  async #execute(slot: Slot, event: PoolEvent, deadline = Date.now() + this.#options.timeoutSeconds * 1000): Promise<PoolOutcome> {
    const { environment, initMs } = slot;
    slot.initMs = undefined;
    const startedAt = performance.now();
    event.started();
    const { payload, failed } = await environment.run([event.requestId, deadline, event.payload, event.clientContext]);
    slot.idleSince = performance.now();
    this.#dispatch();
    const durationMs = slot.idleSince - startedAt;
    return { payload, failed, durationMs, heapMb: environment.heapMb, ...(initMs === undefined ? {} : { initMs }) };
  }

  #queue(event: PoolEvent): Promise<PoolOutcome> {
    const { promise, resolve } = Promise.withResolvers<PoolOutcome>();
    this.#waiting.push({ event, resolve });
    this.#dispatch();
    return promise;
  }

  /** Hands waiting events to environments with room, then starts as many environments as the rest needs. */
  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const slot = this.#roomiest();
      if (!slot) break;
      const next = this.#waiting.shift();
      next?.resolve(this.#execute(slot, next.event));
    }
    // An environment that is being killed counts too: its successor inherits the sandbox (L3).
    const ending = [...this.#alive].filter((environment) => environment.ending && !this.#reaped.has(environment)).length;
    const coming = () => (this.#starting + ending) * this.#options.eventsPerEnvironment;
    while (this.#waiting.length > coming() && this.#alive.size < this.#cap) this.#start();
  }

  #start(): Environment {
    this.#starting++;
    const sandbox = this.#sandboxes.pop() ?? this.#options.sandbox();
    const environment = this.#environment(sandbox, this.#options.initMs ?? INIT_MS);
    environment.ready.then(
      (initMs) => {
        this.#starting--;
        this.#join(environment, initMs);
        this.#dispatch();
      },
      async () => {
        // Still counted as starting until its thread is gone: nothing else shall start in its place.
        await environment.ended;
        this.#starting--;
        await this.#startWithinInvoke();
      },
    );
    return environment;
  }

  /** L2: after a failed init the next event initializes once more, within its own timeout, and reports a second failure. */
  async #startWithinInvoke(): Promise<void> {
    const next = this.#waiting.shift();
    if (!next) return;
    const { event, resolve } = next;
    const startedAt = performance.now();
    const deadline = Date.now() + this.#options.timeoutSeconds * 1000;
    const environment = this.#environment(this.#sandboxes.pop() ?? this.#options.sandbox(), this.#options.timeoutSeconds * 1000);
    this.#dispatch();
    try {
      const slot = this.#join(environment, await environment.ready);
      resolve(this.#execute(slot, event, deadline));
      this.#dispatch();
    } catch (failure) {
      event.started();
      const payload = (failure as InitFailure).document(event.requestId);
      resolve({ payload, failed: true, durationMs: performance.now() - startedAt, heapMb: 0 });
    }
  }

  #environment(sandbox: Sandbox, initMs: number): Environment {
    const environment = new Environment(this.#options.environment(sandbox), initMs);
    this.#alive.add(environment);
    void environment.ended.then(() => {
      this.#alive.delete(environment);
      if (this.#reaped.has(environment)) sandbox.remove();
      else this.#sandboxes.push(sandbox);
      this.#dispatch();
    });
    return environment;
  }

  #join(environment: Environment, initMs: number): Slot {
    const slot = { environment, initMs, idleSince: performance.now() };
    this.#warm.add(slot);
    void environment.ended.then(() => this.#warm.delete(slot));
    return slot;
  }

  #reap(before: number): Promise<void>[] {
    const idle = [...this.#warm].filter(({ environment, idleSince }) => environment.inFlight === 0 && idleSince < before);
    return idle.slice(this.#warm.size === idle.length && !this.#resting ? 1 : 0).map((slot) => {
      this.#warm.delete(slot);
      this.#reaped.add(slot.environment);
      return slot.environment.end();
    });
  }
}
