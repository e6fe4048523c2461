// A function as this host runs it: pool, log and asynchronous events behind the registry's interface.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { asynchronousInvokes } from './asynchronous-invoke.ts';
import { environmentVariables } from './environment-variables.ts';
import { queueSender, reportFailure } from './failure-destination.ts';
import { invocationLog } from './invocation-log.ts';
import { Pool } from './pool.ts';
import type { AsynchronousPolicy, FunctionDefinition, InvokeOptions, InvokeResult, LambdaFunction } from './registry.ts';
import { createSandbox, sandboxFolder } from './sandbox.ts';

export interface FunctionHost {
  readonly log: Log;
  readonly region: string;
  readonly eventsPerEnvironment: number;
  readonly timeScale: number;
  /** Folder for temporary folders of environments and for compiled code. */
  readonly lambdaDir: string;
  /** Endpoint of SQS, for failed asynchronous events. */
  readonly sqsUrl: string;
  /** ARN of the dead-letter queue. */
  readonly deadLetter?: string | undefined;
  /** For tests: 10 s and 5 min by default. */
  readonly initMs?: number;
  readonly idleMs?: number;
}

export function hostedFunction(definition: FunctionDefinition, host: FunctionHost): LambdaFunction {
  const { region, eventsPerEnvironment } = host;
  const log = invocationLog(definition, host.log);
  const queue = queueSender(host.sqsUrl, region);
  const sandboxes = sandboxFolder(host.lambdaDir, definition.name);
  const pool = new Pool({
    eventsPerEnvironment,
    timeoutSeconds: definition.timeoutSeconds,
    reservedConcurrency: definition.reservedConcurrency,
    ...(host.initMs === undefined ? {} : { initMs: host.initMs }),
    ...(host.idleMs === undefined ? {} : { idleMs: host.idleMs }),
    sandbox: () => createSandbox(sandboxes),
    environment: ({ tmpDir, logStream }) => ({
      settings: {
        handler: definition.handler,
        codeDir: definition.codeDir,
        arn: definition.arn,
        compileCacheDir: join(host.lambdaDir, 'compile-cache'),
      },
      env: environmentVariables(definition, { region, logStream, tmpDir, eventsPerEnvironment }),
      memoryMb: definition.memoryMb,
      timeoutSeconds: definition.timeoutSeconds,
      onLog: log.line,
    }),
  });

  async function invoke(payload: string, { requestId = randomUUID(), clientContext, tail }: InvokeOptions = {}): Promise<InvokeResult> {
    if (tail) log.follow(requestId);
    try {
      const outcome = await pool.run({ requestId, payload, clientContext, started: () => log.started(requestId) });
      log.finished(requestId, outcome);
      return {
        requestId,
        payload: outcome.payload,
        ...(outcome.failed ? { functionError: 'Unhandled' as const } : {}),
        ...(tail ? { logTail: log.tail(requestId) } : {}),
      };
    } finally {
      if (tail) log.tail(requestId);
    }
  }

  let onFailure: string | undefined;
  const asynchronous = asynchronousInvokes({
    name: definition.name,
    log: host.log,
    timeScale: host.timeScale,
    invoke: (payload, requestId) => invoke(payload, { requestId }),
    report: (event) => reportFailure(event, { functionArn: definition.arn, onFailure, deadLetter: host.deadLetter }, queue),
  });

  return {
    definition,
    invoke,
    async invokeAsync(payload) {
      asynchronous.accept(payload);
    },
    warm: () => pool.warm(),
    rest: () => pool.rest(),
    setAsynchronousPolicy(policy: AsynchronousPolicy) {
      onFailure = policy.onFailure;
      asynchronous.configure(policy);
    },
    async stop(graceMs) {
      asynchronous.stop();
      await pool.stop(graceMs);
      queue.stop();
    },
  };
}
