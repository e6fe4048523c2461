// Kafka's jars, fetched once per machine by Maven. Plain JavaScript: the preparation fetches them while npm installs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const KAFKA_VERSION = '4.4.0';
const POM = fileURLToPath(new URL('./kafka-files/pom.xml', import.meta.url));
const COPY_JARS = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** Folder that holds the jars once they are fetched; it exists only when complete. */
export const kafkaJarsFolder = (toolsDir) => join(toolsDir, `kafka-${KAFKA_VERSION}`);

export const kafkaJarsFetched = (toolsDir) => existsSync(kafkaJarsFolder(toolsDir));

/** Fetches the jars (28 MB) with `maven` into a folder of their own and renames it into place: never half a set, also when two do it at once. */
export async function fetchKafkaJars({ toolsDir, maven, environment = process.env }) {
  await mkdir(toolsDir, { recursive: true });
  const work = await mkdtemp(join(toolsDir, 'kafka-fetch-'));
  try {
    await copyFile(POM, join(work, 'pom.xml'));
    await run(maven, ['-q', '-B', COPY_JARS, '-DoutputDirectory=libs', '-DincludeScope=runtime'], { cwd: work, env: environment });
    await rename(join(work, 'libs'), kafkaJarsFolder(toolsDir)).catch((error) => {
      if (!kafkaJarsFetched(toolsDir)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(undefined);
      else
        reject(
          new Error(
            `Maven could not fetch Kafka's jars; is repo.maven.apache.org reachable from here? Its last words:\n${output.slice(-800)}`,
          ),
        );
    });
  });
}
