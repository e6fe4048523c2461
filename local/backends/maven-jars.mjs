// A set of jars, fetched once per machine by Maven. Plain JavaScript: the preparation fetches Kafka's while npm installs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const COPY_JARS = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Fetches what `pom` names with `maven` into a folder of its own and renames it to `folder`: never half a set, also when two do it at once.
 * `title`: whose jars they are, for a person.
 */
export async function fetchJars({ title, pom, folder, maven, environment = process.env }) {
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-fetch-`);
  try {
    await copyFile(pom, join(work, 'pom.xml'));
    const failed = `Maven could not fetch ${title}'s jars; is Maven Central reachable from here?`;
    await run(maven, ['-q', '-B', COPY_JARS, '-DoutputDirectory=libs', '-DincludeScope=runtime'], failed, { cwd: work, env: environment });
    await rename(join(work, 'libs'), folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function run(command, args, failed, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`${failed} Its last words:\n${output.slice(-800)}`));
    });
  });
}
