// AWS's CDK command, pointed at an emulator by `cdklocal`.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { projectRoot } from '../../local/app/synthesis.ts';

export interface CdkOptions {
  readonly emulatorUrl: string;
  /** File for everything that it says. */
  readonly logFile: string;
}

const LAST_LINES = 15;

/** Rejects with the end of what it said where it fails. */
export async function cdklocal(args: readonly string[], { emulatorUrl, logFile }: CdkOptions): Promise<void> {
  const child = spawn(process.execPath, [join(projectRoot, 'node_modules/aws-cdk-local/bin/cdklocal'), ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...emulatorEnvironment(emulatorUrl), CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const log = createWriteStream(logFile);
  await Promise.all([exited, pipeline(child.stderr, log, { end: false }), pipeline(child.stdout, log, { end: false })]);
  await new Promise<void>((done) => log.end(done));
  if ((await exited) === 0) return;
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-LAST_LINES);
  throw new Error(`cdklocal ${args[0]} failed. The end of ${logFile}:\n${lines.join('\n')}`);
}

/** What AWS's clients read. A name, not an address, is what lets them put a bucket before it. */
export const emulatorEnvironment = (url: string): NodeJS.ProcessEnv => ({
  AWS_ENDPOINT_URL: url,
  AWS_ENDPOINT_URL_S3: url,
  ...emulatorCredentials,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
});

/** Emulators look at none of them; a person's own must not be sent. */
const emulatorCredentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: '', AWS_PROFILE: '' };

const REGION = 'us-east-1';

/** For clients of AWS's SDK. */
export const emulatorClient = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
