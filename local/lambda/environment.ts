// One execution environment: a thread with variables, memory limit and temporary folder of its own, into which events go (L14).
import { Worker } from 'node:worker_threads';
import { bootstrapCode } from './bundle-bootstrap.ts';
import { type ErrorDocument, exited, killed, outOfMemory, timedOut } from './failures.ts';
import { type Outbox, outbox } from './outbox.ts';
import type { EnvironmentMessage, EnvironmentSettings, EventMessage, LogLevel } from './protocol.ts';

export interface EnvironmentOptions {
  readonly settings: EnvironmentSettings;
  readonly env: Record<string, string>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly onLog: (requestId: string | undefined, level: LogLevel, line: string) => void;
}

export interface Outcome {
  /** The answer or an error document, as JSON text. */
  readonly payload: string;
  readonly failed: boolean;
}

/** Initializing failed; `document` is what an event that waited for it is answered with. */
export class InitFailure extends Error {
  override readonly name = 'InitFailure';
  readonly document: (requestId: string) => string;
  constructor(document: (requestId: string) => string) {
    super('initializing failed');
    this.document = document;
  }
}

const END_MS = 2000;

/** Threads that were to end and have not. `process.exit` would wait for them. */
export const threadsInNativeCode = new Set<Environment>();

interface Running {
  readonly resolve: (outcome: Outcome) => void;
  readonly timer: NodeJS.Timeout;
}

type Failure = (requestId: string) => ErrorDocument | string;

export class Environment {
  /** Resolves with the milliseconds that initializing took; rejects with `InitFailure`. */
  readonly ready: Promise<number>;
  /** Resolves when the thread has gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** Heap of the thread after its last answer. */
  heapMb = 0;
  readonly #worker: Worker;
  readonly #outbox: Outbox<EventMessage>;
  readonly #options: EnvironmentOptions;
  readonly #running = new Map<string, Running>();
  readonly #initialized = Promise.withResolvers<number>();
  readonly #startedAt = performance.now();
  /** Why the thread ends, once it does. */
  #failure: Failure | undefined;

  /** `initMs` limits initializing. */
  constructor(options: EnvironmentOptions, initMs: number) {
    this.#options = options;
    this.ready = this.#initialized.promise;
    this.ready.catch(() => undefined);
    this.#worker = new Worker(bootstrapCode(), {
      eval: true,
      workerData: options.settings,
      env: options.env,
      execArgv: [],
      stdout: true,
      stderr: true,
      // Lambda's runtime gives a semi-space 5 % of the memory; the young generation is three of them. 16 MB each is where V8 stops gaining.
      resourceLimits: {
        maxOldGenerationSizeMb: options.memoryMb,
        maxYoungGenerationSizeMb: 3 * Math.min(16, Math.ceil(options.memoryMb * 0.05)),
      },
    });
    this.#outbox = outbox((events) => this.#worker.postMessage(events));
    // Only what Node itself prints comes this way, warnings for example: the bootstrap takes the streams over.
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on('data', (chunk: Buffer) => options.onLog(undefined, 'WARN', chunk.toString('utf8').trimEnd()));
    }
    const initTimer = setTimeout(() => this.#kill((id) => timedOut(id, options.timeoutSeconds)), initMs);
    this.ready.then(
      () => clearTimeout(initTimer),
      () => clearTimeout(initTimer),
    );
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    this.ended = ended;
    this.#worker.on('message', (messages: readonly EnvironmentMessage[]) => {
      for (const message of messages) this.#receive(message);
    });
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.#failure ??= outOfMemory;
      else options.onLog(undefined, 'ERROR', error.stack ?? String(error));
    });
    this.#worker.on('exit', (status) => {
      this.#failure ??= (id) => exited(id, status);
      this.#failAll(this.#failure);
      resolve();
    });
  }

  get inFlight(): number {
    return this.#running.size;
  }

  /** No event may go in any more. */
  get ending(): boolean {
    return this.#failure !== undefined;
  }

  /** Only after `ready`. Never rejects. At the deadline the thread is killed, with every event in it. */
  run(message: EventMessage): Promise<Outcome> {
    const [requestId, deadline] = message;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => this.#timeOut(requestId), Math.max(0, deadline - Date.now()));
    this.#running.set(requestId, { resolve, timer });
    this.#outbox.send(message);
    return promise;
  }

  /** Ends the thread at once; events in it fail as killed. Does not wait for ever: a thread inside of native code ends when that returns. */
  async end(): Promise<void> {
    this.#failure ??= killed;
    threadsInNativeCode.add(this);
    void this.#worker.terminate();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, END_MS);
    await Promise.race([this.ended.then(() => threadsInNativeCode.delete(this)), late]);
    clearTimeout(timer);
  }

  #receive(message: EnvironmentMessage): void {
    switch (message[0]) {
      case 'answer':
        this.heapMb = message[3];
        this.#settle(message[1], { payload: message[2], failed: false });
        break;
      case 'log':
        this.#options.onLog(message[1], message[2], message[3]);
        break;
      case 'error':
        this.#settle(message[1], { payload: message[2], failed: true });
        break;
      case 'ready':
        this.#initialized.resolve(performance.now() - this.#startedAt);
        break;
      case 'fatal':
        this.#failure ??= () => message[1];
    }
  }

  #settle(requestId: string, outcome: Outcome): void {
    const running = this.#running.get(requestId);
    if (!running) return;
    this.#running.delete(requestId);
    clearTimeout(running.timer);
    running.resolve(outcome);
  }

  #timeOut(requestId: string): void {
    this.#kill((id) => (id === requestId ? timedOut(id, this.#options.timeoutSeconds) : killed(id)));
  }

  #kill(failure: Failure): void {
    this.#failure ??= failure;
    this.#failAll(this.#failure);
    void this.#worker.terminate();
  }

  #failAll(failure: Failure): void {
    const document = (id: string) => {
      const written = failure(id);
      if (typeof written === 'string') return written;
      // What the thread could not say itself any more.
      this.#options.onLog(id, 'ERROR', `${written.errorMessage}\t${written.errorType}`);
      return JSON.stringify(written);
    };
    this.#initialized.reject(new InitFailure(document));
    for (const id of [...this.#running.keys()]) this.#settle(id, { payload: document(id), failed: true });
  }
}
