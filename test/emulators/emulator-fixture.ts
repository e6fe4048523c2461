// An emulator in a temporary data folder, and the AWS clients of one that was started.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import type { Emulator } from '../../emulators/emulator.ts';
import type { EmulatorOptions } from '../../emulators/supervised.ts';
import { isFree } from '../../local/backends/ports.ts';
import type { Level } from '../../local/log.ts';
import { zip } from '../rules/zip.ts';

/** The checkout's own: emulators are installed once, not by every run. */
export const TOOLS = fileURLToPath(new URL('../../.stackyard/tools', import.meta.url));

export interface Started extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly dataDir: string;
  /** What was logged, `level source  message`. */
  readonly logged: string[];
}

export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'emulators-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** On a port of its own: 4566 may be a person's. */
export async function started(start: (options: EmulatorOptions) => Promise<Emulator>): Promise<Started> {
  const { path: dataDir, [Symbol.asyncDispose]: forget } = await temporaryFolder();
  const logged: string[] = [];
  const log = (level: Level, source: string, message: string) => void logged.push(`${level} ${source}  ${message}`);
  const emulator = await start({ toolsDir: TOOLS, dataDir, port: await freePort(), log });
  return {
    emulator,
    dataDir,
    logged,
    async [Symbol.asyncDispose]() {
      await emulator.stop();
      await forget();
    },
  };
}

/** Of those that no system gives out by itself. */
export async function freePort(from = 24_566): Promise<number> {
  return (await isFree(from)) ? from : freePort(from + 1);
}

/** For any AWS client. */
export const clientOf = ({ url }: Emulator) => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export interface FunctionOptions {
  readonly timeout?: number;
  readonly memory?: number;
  readonly variables?: Record<string, string>;
  /** Files below /opt. */
  readonly layer?: Record<string, string>;
}

/** What an invocation gave: its payload, the kind of error where there was one, and its log. */
export interface Invoked {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the function under test answers
  readonly payload: any;
  readonly functionError: string | undefined;
  readonly log: string;
}

let functions = 0;

/** A Node.js function with this `index.mjs`; gives what invokes it. */
export async function deployFunction(emulator: Emulator, source: string, options: FunctionOptions = {}) {
  const lambda = new LambdaClient({ ...clientOf(emulator), maxAttempts: 1 });
  const FunctionName = `f${++functions}`;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/any',
      Code: { ZipFile: zip({ 'index.mjs': source }) },
      Timeout: options.timeout ?? 10,
      MemorySize: options.memory ?? 256,
      Environment: { Variables: options.variables ?? {} },
      Layers: options.layer ? [await publishLayer(lambda, `${FunctionName}-layer`, options.layer)] : [],
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 }, { FunctionName });
  return async (event: unknown = {}): Promise<Invoked> => {
    const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), LogType: 'Tail' }));
    return {
      payload: JSON.parse(answer.Payload?.transformToString() ?? ''),
      functionError: answer.FunctionError,
      log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
    };
  };
}

async function publishLayer(lambda: LambdaClient, name: string, files: Record<string, string>): Promise<string> {
  const layer = await lambda.send(new PublishLayerVersionCommand({ LayerName: name, Content: { ZipFile: zip(files) } }));
  return layer.LayerVersionArn ?? '';
}
