// DynamoDB Local's jars and a Java for them.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExecutable, findJava } from '../../../local/backends/executables.mjs';
import { BackendMissing } from '../../../local/backends/ladder.ts';
import { fetchJars } from '../../../local/backends/maven-jars.mjs';
import type { Log } from '../../../local/log.ts';

const VERSION = '2.6.1';
const TITLE = `DynamoDB Local ${VERSION}`;
const POM = fileURLToPath(new URL('./pom.xml', import.meta.url));

export interface DynamoDbLocal {
  readonly jars: string;
  /** What JAVA_HOME is to be. */
  readonly javaHome: string;
}

/** Fetches the jars (52 MB) where they are not there yet. Rejects with a sentence that says what to install. */
export async function dynamoDbLocal(toolsDir: string, log: Log, environment: NodeJS.ProcessEnv): Promise<DynamoDbLocal> {
  const java = findJava(environment);
  if (!java)
    throw new BackendMissing(
      `No Java 17 or newer found for ${TITLE}: install it (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.`,
    );
  const jars = join(toolsDir, `dynamodb-local-${VERSION}`);
  if (!existsSync(jars)) {
    const maven = findExecutable(['mvn'], environment);
    if (!maven) throw new BackendMissing(`No Maven found, which fetches ${TITLE}: install it (Debian: apt-get install maven).`);
    const startedAt = Date.now();
    log('info', 'localstack', `fetching ${TITLE} with Maven, once for this checkout (52 MB)`);
    await fetchJars({ title: TITLE, pom: POM, folder: jars, maven, environment });
    log('info', 'localstack', `${TITLE} fetched (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  }
  return { jars, javaHome: dirname(dirname(realpathSync(java))) };
}
