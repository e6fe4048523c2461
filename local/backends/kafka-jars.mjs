// Kafka's jars, fetched once per machine by Maven (28 MB). Plain JavaScript: the preparation fetches them while npm installs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchJars } from './maven-jars.mjs';

export const KAFKA_VERSION = '4.4.0';
const POM = fileURLToPath(new URL('./kafka-files/pom.xml', import.meta.url));

/** Folder that holds the jars once they are fetched; it exists only when complete. */
export const kafkaJarsFolder = (toolsDir) => join(toolsDir, `kafka-${KAFKA_VERSION}`);

export const kafkaJarsFetched = (toolsDir) => existsSync(kafkaJarsFolder(toolsDir));

export const fetchKafkaJars = ({ toolsDir, maven, environment }) =>
  fetchJars({ title: 'Kafka', pom: POM, folder: kafkaJarsFolder(toolsDir), maven, environment });
