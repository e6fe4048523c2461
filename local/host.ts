// What the resource modules build upon: the services of one running host.
import type { Assembly } from './assembly/manifest.ts';
import type { Backends } from './backends/backends.ts';
import type { Origins } from './gateway/origins.ts';
import type { FunctionRegistry } from './lambda/registry.ts';
import type { Log } from './log.ts';
import type { ControlApi } from './services/control-api.ts';
import type { DynamoDb } from './services/dynamodb.ts';
import type { Storage } from './services/s3-and-sqs.ts';
import type { SecretStore } from './services/secrets.ts';
import type { ParameterStore } from './services/ssm.ts';

export interface HostOptions {
  /** Port of the edge; 0 takes a free one. */
  readonly port: number;
  /** Folder of everything that must outlive a kill: backends' data, queues, objects, secrets. */
  readonly dataDir: string;
  /** False: Kafka resources are refused, the assembly must use the transport `sqs`. */
  readonly kafka: boolean;
  /** 1 as on classic Lambda (L1), more as on Lambda Managed Instances. */
  readonly eventsPerEnvironment: number;
  /** Seconds of AWS per second here, for what takes minutes or hours there (retries of asynchronous invokes, schedules). 1 is real time. */
  readonly timeScale: number;
  readonly addresses: Addresses;
  readonly account: string;
  readonly region: string;
  /** Variables of OpenTelemetry that functions get: where their spans go, and how many. Empty: nothing is traced. */
  readonly telemetry: Readonly<Record<string, string>>;
}

/** Where this host listens; ports of 0 take free ones. */
export interface Addresses {
  /** The network interface, `127.0.0.1` unless functions are in other containers. */
  readonly listen: string;
  readonly controlPort: number;
  /** The control API as functions reach it; by itself where that is no other address than this process's. */
  readonly controlUrl?: string;
  /** Of `@connections`; with a fixed port there can be one WebSocket API. */
  readonly connectionsPort: number;
}

export const LOOPBACK: Addresses = { listen: '127.0.0.1', controlPort: 0, connectionsPort: 0 };

export interface Host {
  readonly options: HostOptions;
  readonly log: Log;
  /** What is hosted; `--watch` puts a newer synthesis of the same app in its place. */
  assembly: Assembly;
  readonly backends: Backends;
  readonly functions: FunctionRegistry;
  readonly origins: Origins;
  /** What stacks outside of the assembly export: those of an emulator that this host stands beside. */
  readonly imports: ReadonlyMap<string, string>;
  readonly storage: Storage;
  /** Only where the assembly has tables. */
  readonly dynamodb?: DynamoDb;
  readonly control: ControlApi;
  readonly secrets: SecretStore;
  readonly parameters: ParameterStore;
}
