// The backends of one host: each found or started at its first use, once, and ended together.
import type { Log } from '../log.ts';
import type { Backends, KafkaBroker } from './backends.ts';
import { startKafka } from './kafka.ts';
import { BackendMissing, kafkaSource, mysqlSource, redisSource, type Source } from './ladder.ts';
import { startMariadb } from './mariadb.ts';
import type { Started, Surroundings } from './owned-server.ts';
import { startRedis } from './redis.ts';

export interface BackendsOptions {
  /** One host's own: data, logs, ports, passwords. */
  readonly dataDir: string;
  /** Shared by all hosts of this checkout: Kafka's jars, MariaDB's prepared data, the JVM's archive. */
  readonly toolsDir: string;
  readonly kafka: boolean;
  readonly log: Log;
  /** Where the ladder looks (`MYSQL_URL`, `PATH`, …), and what the servers get; the process's own by default. */
  readonly environment?: NodeJS.ProcessEnv;
}

export function backends({ dataDir, toolsDir, kafka, log, environment = process.env }: BackendsOptions): Backends {
  const folders = { dataDir, toolsDir };
  const life = new AbortController();
  const surroundings: Surroundings = { environment, log, signal: life.signal };
  const stops: Promise<() => Promise<unknown>>[] = [];

  /** A failed start stays failed: its sentence names something to install, which needs another start of the host. */
  function once<Server, Program>(find: () => Source<Server, Program>, start: (program: Program) => Promise<Started<Server>>) {
    let begun: Promise<Server> | undefined;
    const begin = async (): Promise<Started<Server>> => {
      life.signal.throwIfAborted();
      const source = find();
      return 'given' in source ? { server: source.given, stop: nothing } : start(source.program);
    };
    return () => {
      if (begun) return begun;
      const started = begin();
      stops.push(
        started.then(
          ({ stop }) => stop,
          () => nothing,
        ),
      );
      begun = started.then(({ server }) => server);
      return begun;
    };
  }

  const findKafka = (): Source<KafkaBroker, Parameters<typeof startKafka>[0]> => {
    if (kafka) return kafkaSource(environment, toolsDir);
    throw new BackendMissing('This host was started without Kafka: start it without --no-kafka, or use the transport sqs.');
  };

  return {
    mysql: once(
      () => mysqlSource(environment),
      (program) => startMariadb(program, folders, surroundings),
    ),
    redis: once(
      () => redisSource(environment),
      (program) => startRedis(program, folders, surroundings),
    ),
    kafka: once(findKafka, (program) => startKafka(program, folders, surroundings)),
    async stop() {
      life.abort(new Error('The host is stopping.'));
      await Promise.all(stops.map(async (stop) => (await stop)()));
    },
  };
}

/** A server that was given is not ours to stop, and a failed start has ended what it began. */
const nothing = async () => {};
