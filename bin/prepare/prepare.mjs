// Brings a machine from "Node and npm" to everything that the project runs on; does nothing twice.
import { join } from 'node:path';
import { findExecutable, findJava } from '../../local/backends/executables.mjs';
import { fetchKafkaJars, KAFKA_VERSION } from '../../local/backends/kafka-jars.mjs';
import { clearStalePolicy, installDebianPackages } from './debian.mjs';
import { withLock } from './lock.mjs';
import { mavenNeeded, missingPackages } from './needs.mjs';
import { findNode } from './node24.mjs';
import { installPackages, packagesInstalled } from './packages.mjs';
import { step } from './progress.mjs';

/**
 * `root`: the checkout; `kafka`: false skips Java, Maven and the jars; `tests`: true adds what only the tests need.
 * Gives the path of the Node to run on. Throws sentences for a person.
 */
export async function prepare({ root, kafka, tests }) {
  const toolsDir = join(root, '.stackyard', 'tools');
  const tasks = () => remaining({ root, kafka, tests, toolsDir });
  if (isRoot()) clearStalePolicy();
  if (tasks().length > 0) {
    const lock = join(root, '.stackyard', 'prepare.lock');
    await withLock(lock, () => allOf(tasks().map((task) => task())), { say: (text) => process.stderr.write(`${text}\n`) });
  }
  return step('Node', async () => {
    const node = findNode(root);
    return { result: node.path, title: `Node ${node.version}, packages and servers in place` };
  });
}

const isRoot = () => process.getuid?.() === 0;

/** What is still to do. npm and the rest go at the same time; Maven waits for apt only where it comes from there. */
function remaining({ root, kafka, tests, toolsDir }) {
  const packages = missingPackages({ kafka, tests, toolsDir });
  const install = async () => {
    if (packages.length === 0) return;
    await step(`Debian packages: ${packages.map(([name]) => name).join(', ')}`, () => installDebianPackages(packages).then(nothing));
  };
  const jars = async () => {
    const maven = findExecutable(['mvn']);
    if (maven && findJava()) await step(`Kafka ${KAFKA_VERSION}`, () => fetchKafkaJars({ toolsDir, maven }).then(nothing));
  };
  const jarsToFetch = kafka && mavenNeeded({ toolsDir });
  const readyForJars = findExecutable(['mvn']) && findJava();

  const tasks = [];
  if (!packagesInstalled(root) || !findNode(root)) tasks.push(() => step('npm packages', () => installPackages(root).then(nothing)));
  if (jarsToFetch && readyForJars) tasks.push(install, jars);
  else if (packages.length > 0) tasks.push(() => install().then(jarsToFetch ? jars : nothing));
  return tasks;
}

/** Waits for all, also where one fails: a rejection must not end the process under a running apt. */
async function allOf(running) {
  const outcomes = await Promise.allSettled(running);
  const failures = outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.message);
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
}

const nothing = () => undefined;
