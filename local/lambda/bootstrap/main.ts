// Runs inside an environment's thread: loads the handler once, then runs events as they come, in Lambda's manner.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { getHeapStatistics } from 'node:v8';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { RESPONSE_BYTES } from '../limits.ts';
import { outbox } from '../outbox.ts';
import type { EnvironmentMessage, EnvironmentSettings, EventMessage } from '../protocol.ts';
import { captureOutput } from './console.ts';
import { contextOf } from './context.ts';
import { errorDocument, RuntimeError } from './error-document.ts';
import { invokeStore, requestId, runEvent } from './invoke-store.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { sourceTrace } from './source-trace.ts';

const settings = workerData as EnvironmentSettings;
const port = parentPort as MessagePort;
const mapTrace = sourceTrace(settings.codeDir);
const { send, sendNow, flush } = outbox<EnvironmentMessage>((messages) => port.postMessage(messages));
const invocationContext = contextOf(process.env, settings.arn);
const document = (error: unknown) => errorDocument(error, mapTrace);

// At once: a handler that never comes back would take its last lines with it.
captureOutput((level, line) => sendNow(['log', requestId(), level, line]), requestId, mapTrace);
process.on('exit', flush);
Object.assign(globalThis, { awslambda: { InvokeStore: invokeStore } });

/** Ends this thread; what is in flight fails with `error` (L7). */
function die(title: string, error: unknown, status: number): void {
  console.error(title, error);
  sendNow(['fatal', document(error)]);
  process.exit(status);
}
process.on('uncaughtException', (error) => die('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => {
  die(
    'Unhandled Promise Rejection',
    new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason), (reason as Error | undefined)?.stack),
    128,
  );
});
// The port holds the thread only while no event runs: an empty loop under a running event means that nothing can settle its promise.
process.on('beforeExit', () => {
  die(
    'Runtime.NodeJsExit',
    new RuntimeError(
      'Runtime.NodeJsExit',
      'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
    ),
    13,
  );
});

let running = 0;

async function run(handler: Handler, [id, deadline, payload, clientContext]: EventMessage): Promise<void> {
  if (++running === 1) port.unref();
  try {
    const context = invocationContext(id, deadline, clientContext);
    send(answer(id, await handler(JSON.parse(payload), context)));
  } catch (error) {
    const failure = document(error);
    console.error('Invoke Error', `\t${failure}`);
    send(['error', id, failure]);
  }
  if (--running === 0) port.ref();
}

/** `undefined` is answered as `null`; an answer over the limit fails (L5). */
function answer(id: string, result: unknown): EnvironmentMessage {
  const text = stringify(result);
  // A character is at most three bytes, so only long texts need counting.
  if (text.length * 3 > RESPONSE_BYTES && Buffer.byteLength(text) > RESPONSE_BYTES) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES} bytes).`;
    return ['error', id, JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage })];
  }
  return ['answer', id, text, heapMb()];
}

const HEAP_SAMPLE_MS = 1000;
let heap = { at: Number.NEGATIVE_INFINITY, mb: 0 };

/** A second old at most: asking V8 costs as much as a small event. */
function heapMb(): number {
  const now = performance.now();
  if (now - heap.at > HEAP_SAMPLE_MS) heap = { at: now, mb: getHeapStatistics().total_heap_size / 1_048_576 };
  return heap.mb;
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw new RuntimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

async function start(): Promise<void> {
  enableCompileCache(settings.compileCacheDir);
  try {
    const handler = await loadHandler(settings.codeDir, settings.handler);
    port.on('message', (events: readonly EventMessage[]) => {
      for (const event of events) void runEvent(event[0], () => run(handler, event));
    });
    sendNow(['ready']);
    flushCompileCache();
  } catch (error) {
    die('Init Error', error, 1);
  }
}

void start();
