// What the application needs around it where there is no Docker: an emulator, and the servers of `npm start`.
import { join } from 'node:path';
import { keptPorts } from '../../local/backends/ports.ts';
import { backends } from '../../local/backends/provision.ts';
import type { Log } from '../../local/log.ts';
import { startLocalStack } from '../localstack/start.ts';
import { startMiniStack } from '../ministack/start.ts';

export const emulators = { localstack: startLocalStack, ministack: startMiniStack };

export type EmulatorKind = keyof typeof emulators;

/** Addresses on this machine. The last two are where the gateway is to listen. */
export interface Addresses {
  readonly emulatorUrl: string;
  readonly mysqlUrl: string;
  readonly redisUrl: string;
  readonly kafkaBrokers: string;
  readonly controlUrl: string;
  readonly connectionsUrl: string;
}

export interface Surroundings {
  readonly addresses: Addresses;
  stop(): Promise<void>;
}

export interface SurroundingsOptions {
  readonly kind: EmulatorKind;
  readonly dataDir: string;
  readonly toolsDir: string;
  /** Of the emulator; a free one unless it is given. */
  readonly port?: number;
  readonly log: Log;
}

/** All at the same time; where one cannot be started, the others are ended. */
export async function startSurroundings({ kind, dataDir, toolsDir, port, log }: SurroundingsOptions): Promise<Surroundings> {
  const servers = backends({ dataDir, toolsDir, kafka: true, log });
  const [emulatorPort = 0, control = 0, connections = 0] = await keptPorts(dataDir, 3);
  const emulator = emulators[kind]({ toolsDir, dataDir, port: port ?? emulatorPort, log });
  const stop = async () => {
    await Promise.all([servers.stop(), emulator.then((running) => running.stop()).catch(() => undefined)]);
  };
  try {
    const [{ url }, mysql, redis, kafka] = await Promise.all([emulator, servers.mysql(), servers.redis(), servers.kafka()]);
    const addresses = {
      emulatorUrl: url,
      mysqlUrl: `mysql://${mysql.user}:${mysql.password}@${mysql.host}:${mysql.port}`,
      redisUrl: `redis://${redis.host}:${redis.port}`,
      kafkaBrokers: kafka.brokers,
      controlUrl: `http://127.0.0.1:${control}`,
      connectionsUrl: `http://127.0.0.1:${connections}/ws`,
    };
    return { addresses, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Kept between starts, so that it is installed and prepared once. */
export const toolsDirOf = (root: string): string => join(root, '.stackyard/tools');
