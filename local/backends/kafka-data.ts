// What Kafka needs on disk before it runs: its configuration and a formatted log folder.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const shipped = (name: string) => fileURLToPath(new URL(`./kafka-files/${name}`, import.meta.url));
const LOG_FOLDER = 'log';
const FORMATTING = 'log.new';

/** Paths in the properties are relative to `dir`, where the broker runs: a comma or an umlaut in the folder's name would break an absolute one. */
export async function writeConfiguration(dir: string, ports: { readonly broker: number; readonly controller: number }): Promise<void> {
  const template = await readFile(shipped('server.properties'), 'utf8');
  const filled = template.replaceAll('@BROKER_PORT@', String(ports.broker)).replaceAll('@CONTROLLER_PORT@', String(ports.controller));
  await writeFile(join(dir, 'server.properties'), filled.replace('@DATA@', LOG_FOLDER));
  await writeFile(join(dir, 'format.properties'), filled.replace('@DATA@', FORMATTING));
  await copyFile(shipped('log4j2.properties'), join(dir, 'log4j2.properties'));
}

/** Formats a new log folder (about 1 s) and renames it into place, so that a kill in between leaves no half of it. */
export async function formatOnce(dir: string, java: string, classpath: string): Promise<void> {
  if (existsSync(join(dir, LOG_FOLDER))) return;
  await rm(join(dir, FORMATTING), { recursive: true, force: true });
  const id = randomBytes(16).toString('base64url');
  // `--cluster-id=` in one word: an id may begin with a dash.
  const args = [
    '-XX:TieredStopAtLevel=1',
    '-cp',
    classpath,
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${id}`,
    '-c',
    'format.properties',
  ];
  await promisify(execFile)(java, args, { cwd: dir }).catch((error: { stdout?: string; stderr?: string; message: string }) => {
    throw new Error(`Kafka could not format ${dir}: ${error.stderr || error.stdout || error.message}`);
  });
  await rename(join(dir, FORMATTING), join(dir, LOG_FOLDER));
}

/** The id that this folder was formatted with. */
export async function clusterId(dir: string): Promise<string> {
  const properties = await readFile(join(dir, LOG_FOLDER, 'meta.properties'), 'utf8');
  return properties.match(/^cluster\.id=(.*)$/m)?.[1] ?? '';
}
