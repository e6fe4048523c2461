// Where each backend comes from: given by the environment, a program of this machine that the host runs itself, or missing.

import type { KafkaBroker, MysqlServer, RedisServer } from './backends.ts';
import { findExecutable, findJava, SERVERS } from './executables.mjs';
import { kafkaJarsFetched, kafkaJarsFolder } from './kafka-jars.mjs';

export type Source<Given, Program> = { readonly given: Given } | { readonly program: Program };

/** Jars that are there already, or the Maven that will fetch them. */
export interface KafkaProgram {
  readonly java: string;
  readonly jars: { readonly folder: string } | { readonly maven: string };
}

/** Nothing to run: the message is the whole sentence that the person needs. */
export class BackendMissing extends Error {
  override readonly name = 'BackendMissing';
}

/** `MYSQL_URL=mysql://user:password@host:port`, else mariadbd (or mysqld) on PATH. */
export function mysqlSource(environment: NodeJS.ProcessEnv): Source<MysqlServer, string> {
  const url = givenUrl('MYSQL_URL', 'mysql://root:secret@127.0.0.1:3306', environment);
  if (url) {
    const [user, password] = [decodeURIComponent(url.username) || 'root', decodeURIComponent(url.password)];
    return { given: { host: url.hostname, port: Number(url.port || 3306), user, password } };
  }
  const program = findExecutable(SERVERS.mysql, environment);
  if (program) return { program };
  throw new BackendMissing(
    'No MariaDB found: install it (Debian: apt-get install mariadb-server), or give a running server as MYSQL_URL=mysql://user:password@host:port.',
  );
}

/** `REDIS_URL=redis://host:port`, else redis-server (or valkey-server) on PATH. */
export function redisSource(environment: NodeJS.ProcessEnv): Source<RedisServer, string> {
  const url = givenUrl('REDIS_URL', 'redis://127.0.0.1:6379', environment);
  if (url) return { given: { host: url.hostname, port: Number(url.port || 6379) } };
  const program = findExecutable(SERVERS.redis, environment);
  if (program) return { program };
  throw new BackendMissing(
    'No Redis found: install it (Debian: apt-get install redis-server), or give a running server as REDIS_URL=redis://host:port.',
  );
}

/** `KAFKA_BROKERS=host:port,…`, else the jars of KAFKA_HOME, else those fetched before, else Maven fetches them; the last three need Java. */
export function kafkaSource(environment: NodeJS.ProcessEnv, toolsDir: string): Source<KafkaBroker, KafkaProgram> {
  const brokers = environment.KAFKA_BROKERS;
  if (brokers) return { given: { brokers } };
  const java = findJava(environment);
  if (!java) {
    throw new BackendMissing(
      'No Java 17 or newer found for Kafka: install it (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME, give a running broker as KAFKA_BROKERS=host:port, or start with --no-kafka.',
    );
  }
  const home = environment.KAFKA_HOME;
  if (home) return { program: { java, jars: { folder: `${home}/libs` } } };
  if (kafkaJarsFetched(toolsDir)) return { program: { java, jars: { folder: kafkaJarsFolder(toolsDir) } } };
  const maven = findExecutable(['mvn'], environment);
  if (maven) return { program: { java, jars: { maven } } };
  throw new BackendMissing(
    'No Kafka found: install Maven, which fetches it (Debian: apt-get install maven), set KAFKA_HOME to an unpacked Kafka, give a running broker as KAFKA_BROKERS=host:port, or start with --no-kafka.',
  );
}

function givenUrl(variable: string, example: string, environment: NodeJS.ProcessEnv): URL | undefined {
  const text = environment[variable];
  if (!text) return undefined;
  const url = URL.parse(text);
  if (!url?.hostname) throw new BackendMissing(`${variable} is not a URL that names a host: write it like ${example}.`);
  return url;
}
