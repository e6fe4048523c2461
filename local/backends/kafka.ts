// Kafka as an owned child: one KRaft node on loopback, data under `<dataDir>/kafka`. No compression: its native libraries are left out.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Admin } from '@platformatic/kafka';
import type { KafkaBroker } from './backends.ts';
import { classArchive } from './kafka-archive.ts';
import { clusterId, formatOnce, writeConfiguration } from './kafka-data.ts';
import { fetchKafkaJars, KAFKA_VERSION, kafkaJarsFolder } from './kafka-jars.mjs';
import type { KafkaProgram } from './ladder.ts';
import { ownServer, type ServerKind, type Started, type Surroundings } from './owned-server.ts';

const PROBE_LIMIT_MS = 1_000;

export async function startKafka(
  program: KafkaProgram,
  folders: { readonly dataDir: string; readonly toolsDir: string },
  surroundings: Surroundings,
): Promise<Started<KafkaBroker>> {
  const dir = join(folders.dataDir, 'kafka');
  const jars = await jarFolder(program, folders.toolsDir, surroundings);
  const classpath = await explicitClasspath(jars);
  const archive = await classArchive({ dir, toolsDir: folders.toolsDir, java: program.java, classpath });
  let cluster = '';
  const kind: ServerKind = {
    name: 'kafka',
    dir,
    ports: 2,
    async prepare([broker, controller]) {
      await writeConfiguration(dir, { broker: broker ?? 0, controller: controller ?? 0 });
      await formatOnce(dir, program.java, classpath);
      cluster = await clusterId(dir);
      const tuning = ['-Xmx256m', '-XX:TieredStopAtLevel=1', ...archive.options, '-Dlog4j2.configurationFile=log4j2.properties'];
      const args = [...tuning, '-cp', classpath, 'kafka.Kafka', 'server.properties'];
      return { title: `kafka ${versionOf(classpath)}`, command: { executable: program.java, args } };
    },
    answers: ([broker]) => answersAs(cluster, `127.0.0.1:${broker}`),
  };
  const owned = await ownServer(kind, surroundings);
  const server: KafkaBroker = {
    brokers: `127.0.0.1:${owned.ports[0]}`,
    get pid() {
      return owned.pid;
    },
  };
  return { server, stop: async () => archive.keepAfter(await owned.stop()) };
}

async function jarFolder({ jars }: KafkaProgram, toolsDir: string, { log, environment }: Surroundings): Promise<string> {
  if ('folder' in jars) return jars.folder;
  const startedAt = Date.now();
  log('info', 'kafka', `fetching Kafka ${KAFKA_VERSION} with Maven, once for this machine (28 MB)`);
  await fetchKafkaJars({ toolsDir, maven: jars.maven, environment });
  log('info', 'kafka', `Kafka ${KAFKA_VERSION} fetched (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  return kafkaJarsFolder(toolsDir);
}

/** Sorted and without a wildcard: the JVM takes its archive of classes only for the very classpath that it was made with. */
async function explicitClasspath(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jar')).sort();
  if (!names.some((name) => name.startsWith('kafka_'))) {
    throw new Error(`${folder} holds no Kafka: set KAFKA_HOME to an unpacked Kafka 4, or unset it to have Kafka fetched.`);
  }
  return names.map((name) => join(folder, name)).join(':');
}

/** By the server's jar, `kafka_2.13-4.4.0.jar`: under KAFKA_HOME it may be another one than ours. */
const versionOf = (classpath: string): string => classpath.match(/kafka_[\d.]+-(\d+(?:\.\d+)*)\.jar/)?.[1] ?? '';

/** A real client's metadata names our cluster and a registered broker: only then topics can be created. */
async function answersAs(cluster: string, broker: string): Promise<boolean> {
  const admin = new Admin({
    clientId: 'stackyard-start',
    bootstrapBrokers: [broker],
    retries: 0,
    timeout: PROBE_LIMIT_MS,
    connectTimeout: PROBE_LIMIT_MS,
  });
  try {
    const metadata = await admin.metadata({ topics: [] });
    return metadata.id === cluster && metadata.brokers.size > 0;
  } catch {
    return false;
  } finally {
    await admin.close();
  }
}
