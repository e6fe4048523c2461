// DynamoDB: dynalite on loopback, persisted under the data folder.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HostOptions } from '../host.ts';
import type { Log } from '../log.ts';

export interface DynamoDb {
  /** Endpoint, the same for the life of the host. */
  readonly url: string;
  stop(): Promise<void>;
}

type DynamoDbOptions = Pick<HostOptions, 'dataDir' | 'region' | 'account' | 'timeScale'> & { readonly log: Log };

/** AWS deletes expired items within two days; a minute shows in a day's work that they go. */
const SWEEP_MS = 60_000;

export async function dynamodb({ dataDir, region, account, timeScale, log }: DynamoDbOptions): Promise<DynamoDb> {
  let port = 0;
  let thread: Worker;
  let ended: Promise<void>;
  let stopping = false;

  /** Resolves when it listens. A thread that ends later is followed by another one on its port: clients see one request fail and go on. */
  async function begin(): Promise<void> {
    thread = new Worker(new URL('./dynamodb-thread.ts', import.meta.url), {
      workerData: { dataDir: join(dataDir, 'dynamodb'), port, region, account, sweepMs: SWEEP_MS / timeScale },
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const started = Promise.withResolvers<number>();
    const exited = Promise.withResolvers<void>();
    let listened = false;
    ended = exited.promise;
    thread.on('message', (message: { port: number } | { warning: string }) => {
      if ('warning' in message) return log('warn', 'dynamodb', message.warning);
      listened = true;
      started.resolve(message.port);
    });
    thread.on('error', (error) => {
      log('error', 'dynamodb', error instanceof Error ? (error.stack ?? error.message) : String(error));
      started.reject(error);
    });
    thread.on('exit', () => {
      exited.resolve();
      if (listened && !stopping) begin().catch(() => log('error', 'dynamodb', 'does not start again: restart the host'));
    });
    port = await started.promise;
  }

  await begin();
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      stopping = true;
      thread.postMessage('stop');
      await ended;
    },
  };
}
