// LocalStack 4.14.0 from the Python package index: the last version that needs no account.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../local/log.ts';
import { findPythonFrom, type Python, PythonMissing } from '../python.ts';
import { installOnce } from '../virtual-environment.ts';
import { type DynamoDbLocal, dynamoDbLocal } from './dynamodb/jars.ts';

export const LOCALSTACK_VERSION = '4.14.0';
const TITLE = `LocalStack ${LOCALSTACK_VERSION}`;
const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));

/** The Python that LocalStack would be run by, or undefined. */
export const findPython = (environment?: NodeJS.ProcessEnv): Promise<Python | undefined> => findPythonFrom([3, 13], environment);

export interface LocalStack {
  /** The interpreter that has it. */
  readonly python: string;
  readonly dynamoDb: DynamoDbLocal;
}

/** Does nothing twice. Rejects with PythonMissing, or with BackendMissing for Java and Maven. */
export async function installLocalStack(options: {
  readonly toolsDir: string;
  readonly log: Log;
  readonly environment?: NodeJS.ProcessEnv;
}): Promise<LocalStack> {
  const { toolsDir, log, environment = process.env } = options;
  const found = await findPython(environment);
  if (!found) {
    throw new PythonMissing(
      `${TITLE} needs Python 3.13 or newer, and none that runs was found on PATH or among pyenv's: install it (pyenv install 3.13), or name it in STACKYARD_PYTHON.`,
    );
  }
  const folder = join(toolsDir, `localstack-${LOCALSTACK_VERSION}`);
  const dynamoDb = await dynamoDbLocal(toolsDir, log, environment);
  const python = await installOnce({ name: 'localstack', title: TITLE, folder, requirements: REQUIREMENTS }, found, log);
  return { python, dynamoDb };
}
