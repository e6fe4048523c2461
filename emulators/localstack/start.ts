// The real LocalStack on this machine without Docker: functions run as Node processes, tables in DynamoDB Local; all on loopback.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Emulator } from '../emulator.ts';
import { DEFAULT_PORT, type EmulatorOptions, startSupervised } from '../supervised.ts';
import { installLocalStack, LOCALSTACK_VERSION, type LocalStack } from './install.ts';

const PACKAGES = fileURLToPath(new URL('./python', import.meta.url));

/** Installs it where it is not yet, and resolves when it answers. Its free edition keeps nothing: each start is empty. */
export async function startLocalStack(options: EmulatorOptions): Promise<Emulator> {
  const { toolsDir, dataDir, port = DEFAULT_PORT, log, environment = process.env } = options;
  const installed = await installLocalStack({ toolsDir, log, environment });
  const dir = join(dataDir, 'localstack');
  const folders = { files: join(dir, 'files'), temporary: join(dir, 'tmp') };
  return startSupervised(
    {
      name: 'localstack',
      title: `LocalStack ${LOCALSTACK_VERSION}`,
      dir,
      port,
      async prepare() {
        for (const folder of Object.values(folders)) {
          await rm(folder, { recursive: true, force: true });
          await mkdir(folder, { recursive: true });
        }
      },
      command: [installed.python, '-m', 'stackyard_localstack'],
      environment: {
        ...settings(port),
        ...ofMachine(installed, environment),
        HOME: folders.files,
        FILESYSTEM_ROOT: folders.files,
        TMPDIR: folders.temporary,
      },
      health: '/_localstack/health',
    },
    log,
  );
}

const settings = (port: number): NodeJS.ProcessEnv => ({
  GATEWAY_LISTEN: `127.0.0.1:${port}`,
  LOCALSTACK_HOST: `localhost:${port}`,
  SQS_ENDPOINT_STRATEGY: 'path',
  // In this process and without its own DNS server, not in a container.
  OVERRIDE_IN_DOCKER: '0',
  DNS_ADDRESS: '0',
  // Nothing is sent, nothing is fetched.
  DISABLE_EVENTS: '1',
  SKIP_SSL_CERT_DOWNLOAD: '1',
  LAMBDA_RUNTIME_EXECUTOR: 'stackyard',
  // Seconds between looks into a queue. LocalStack looks once a second, and ever more rarely, up to 10 s, into an empty one; AWS waits at the queue.
  LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC: '0.05',
  LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC: '0.25',
  // Environments that wait for their turn to start count from the beginning.
  LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT: '60',
  PROVIDER_OVERRIDE_DYNAMODB: 'stackyard',
});

/** Nothing of the person's own AWS settings: LocalStack's internal clients would use a profile or an endpoint that they find. */
const ofMachine = ({ dynamoDb }: LocalStack, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  PATH: environment.PATH,
  LANG: 'C.UTF-8',
  PYTHONPATH: PACKAGES,
  // The checkout is no place for compiled files; the installed packages came with theirs.
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  JAVA_HOME: dynamoDb.javaHome,
  STACKYARD_DYNAMODB_JARS: dynamoDb.jars,
  STACKYARD_NODE: process.execPath,
});
