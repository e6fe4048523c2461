// Which Debian packages are missing: pure, from what was found on the machine and what the environment gives.
import { execFileSync } from 'node:child_process';
import { findExecutable, findJava, SERVERS } from '../../local/backends/executables.mjs';
import { kafkaJarsFetched } from '../../local/backends/kafka-jars.mjs';

/**
 * The packages to install, each a list of alternatives of which the first that the distribution has is taken.
 * `kafka`: false leaves out Java and Maven. `tests`: true adds what only the tests need: a browser, Prometheus' promtool,
 * and a Python that can make virtual environments, for programs of its package index.
 */
export function missingPackages({ kafka, tests, toolsDir, environment = process.env }) {
  const has = (names) => findExecutable(names, environment) !== undefined;
  const ownBroker = kafka && !environment.KAFKA_BROKERS;
  const needed = [
    [!environment.MYSQL_URL && !has(SERVERS.mysql), ['mariadb-server']],
    [!environment.REDIS_URL && !has(SERVERS.redis), ['redis-server', 'valkey-server']],
    [ownBroker && !findJava(environment), ['openjdk-17-jre-headless', 'openjdk-21-jre-headless', 'openjdk-25-jre-headless']],
    [ownBroker && mavenNeeded({ toolsDir, environment }) && !has(['mvn']), ['maven']],
    [tests && !has(['chromium']), ['chromium']],
    [tests && !has(['chromium']), ['fonts-dejavu-core']],
    [tests && !has(['promtool']), ['prometheus']],
    [tests && !pythonMakesEnvironments(environment), ['python3-venv']],
  ];
  return needed.filter(([missing]) => missing).map(([, alternatives]) => alternatives);
}

/** Debian has a Python without the modules that this takes; another Python than PATH's may be named. */
function pythonMakesEnvironments(environment) {
  const python = environment.STACKYARD_PYTHON ?? findExecutable(['python3'], environment);
  if (!python) return false;
  try {
    execFileSync(python, ['-c', 'import ensurepip, venv'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Kafka's jars come by Maven, unless a Kafka is unpacked here or they were fetched before. */
export function mavenNeeded({ toolsDir, environment = process.env }) {
  return !environment.KAFKA_BROKERS && !environment.KAFKA_HOME && !kafkaJarsFetched(toolsDir);
}
