// The variables of an environment (L9): the function's own, and those that Lambda reserves.
import { ENVIRONMENT_BYTES } from './limits.ts';
import type { FunctionDefinition } from './registry.ts';

/** Names that a function may not set itself. */
const RESERVED = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_MAX_CONCURRENCY',
  'AWS_LAMBDA_METADATA_API',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

/** Why Lambda would not take a function's own variables; empty when it would. */
export function variableRefusals(variables: Readonly<Record<string, string>>): string[] {
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name));
  const bytes = Object.entries(variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  return [
    ...(reserved.length > 0 ? [`Environment sets reserved keys, which Lambda refuses: ${reserved.join(', ')}`] : []),
    ...(bytes > ENVIRONMENT_BYTES ? [`Environment is ${bytes} bytes, over Lambda's limit of ${ENVIRONMENT_BYTES}`] : []),
  ];
}

export interface Surroundings {
  readonly region: string;
  readonly logStream: string;
  /** The environment's own folder, in place of `/tmp` (L10). */
  readonly tmpDir: string;
  readonly eventsPerEnvironment: number;
}

/** Nothing of the host's own environment goes in. */
export function environmentVariables(
  fn: FunctionDefinition,
  { region, logStream, tmpDir, eventsPerEnvironment }: Surroundings,
): Record<string, string> {
  const layers = fn.layerDirs.flatMap((dir) => [`${dir}/nodejs/node24/node_modules`, `${dir}/nodejs/node_modules`]);
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...(layers.length > 0 ? { NODE_PATH: layers.join(':') } : {}),
    ...fn.environment,
    _HANDLER: fn.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    // Nothing listens here: the runtime's own protocol is replaced by messages between threads.
    AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
    LAMBDA_TASK_ROOT: fn.codeDir,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    TMPDIR: tmpDir,
    ...(eventsPerEnvironment === 1
      ? { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' }
      : { AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances', AWS_LAMBDA_MAX_CONCURRENCY: String(eventsPerEnvironment) }),
  };
}
