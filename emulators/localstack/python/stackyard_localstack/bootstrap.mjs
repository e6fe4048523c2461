// A function's process: loads the handler once, then runs one event at a time, in the manner of Lambda's Node.js 24 runtime.
// Plain JavaScript, and nothing that it would have to load: it is the cold start of every environment.
import './dns.mjs';
import { Socket } from 'node:net';
import { printAsLambda } from './console.mjs';
import { errorDocument, RuntimeError } from './errors.mjs';
import { loadHandler } from './load-handler.mjs';

const env = process.env;
const host = new Socket({ fd: Number(process.argv.pop()) });
let requestId;

/** `kind`: ready, answer, error, or fatal where this process ends after it. `done` is called when the message has left. */
const send = (kind, body, done) => host.write(`${JSON.stringify({ kind, body })}\n`, done);

/** Ends this process; the event that runs fails with `error`. */
function die(title, error, status) {
  console.error(title, error);
  send('fatal', errorDocument(error), () => process.exit(status));
}
process.on('uncaughtException', (error) => die('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) =>
  die('Unhandled Promise Rejection', new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason), reason?.stack), 128),
);
// The socket holds the process only while no event runs: an empty loop under a running event means that nothing can settle its promise.
process.on('beforeExit', () => {
  host.ref();
  die('Runtime.NodeJsExit', new RuntimeError('Runtime.NodeJsExit', NEVER_SETTLED), 13);
});
const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';

// LocalStack is gone.
host.on('close', () => process.exit(1));
printAsLambda(() => requestId);

let handler;
try {
  handler = await loadHandler(env.LAMBDA_TASK_ROOT, env._HANDLER);
} catch (error) {
  die('Init Error', error, 1);
}

async function run({ requestId: id, deadline, arn, trace, payload }) {
  requestId = id;
  env._X_AMZN_TRACE_ID = trace;
  host.unref();
  const context = {
    awsRequestId: id,
    invokedFunctionArn: arn,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const result = await handler(JSON.parse(payload || '{}'), context);
    send('answer', stringified(result));
  } catch (error) {
    const document = errorDocument(error);
    console.error('Invoke Error', `\t${document}`);
    send('error', document);
  }
  requestId = undefined;
  host.ref();
}

function stringified(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw new RuntimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

if (handler) {
  let received = '';
  host.setEncoding('utf8').on('data', (chunk) => {
    received += chunk;
    if (!chunk.endsWith('\n')) return;
    const event = JSON.parse(received);
    received = '';
    void run(event);
  });
  send('ready', '');
}
