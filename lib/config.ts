// Everything that differs between stages.

export type Stage = 'dev' | 'prod' | 'localstack' | 'local';
export type Transport = 'kafka' | 'sqs';

export interface Config {
  readonly stage: Stage;
  /** Of the functions and their native layer. */
  readonly architecture: 'arm64' | 'x86_64';
  /** Resources that hold data survive the deletion of their stack. */
  readonly retainData: boolean;
  /** Encryption on the way to database and cache; on loopback there is no way. */
  readonly tls: boolean;
  readonly data: ManagedData | ExternalData;
  readonly pictures: { readonly transport: Transport };
  readonly cats: {
    /** Minutes between runs of the synchroniser. */
    readonly syncEveryMinutes: number;
    /** A stub stands in for an upstream that cannot be reached. */
    readonly stub: boolean;
  };
}

/** Data services of AWS, in a network of their own. */
export interface ManagedData {
  readonly kind: 'managed';
  readonly natGateways: number;
  readonly database: { readonly instanceType: string; readonly storageGb: number; readonly multiAz: boolean };
  readonly cache: { readonly nodeType: string; readonly replicas: number };
  readonly kafka: {
    readonly instanceType: string;
    readonly brokers: number;
    readonly minInSyncReplicas: number;
    readonly storageGb: number;
  };
}

/** What runs beside an emulator, as functions reach it: data services, and a gateway that hosts what the emulator lacks. Functions need no network of their own. */
export interface ExternalData {
  readonly kind: 'external';
  /** With name and password of an administrator; services get users with the same password. */
  readonly mysqlUrl: string;
  readonly redisUrl: string;
  /** AWS's APIs that only the gateway answers. */
  readonly controlUrl: string;
  /** Where connections of listeners are posted to. */
  readonly connectionsUrl: string;
}

const small: ManagedData = {
  kind: 'managed',
  natGateways: 1,
  database: { instanceType: 't4g.medium', storageGb: 20, multiAz: false },
  cache: { nodeType: 'cache.t4g.micro', replicas: 0 },
  kafka: { instanceType: 'kafka.t3.small', brokers: 2, minInSyncReplicas: 1, storageGb: 10 },
};

export const stages: Record<Stage, Config> = {
  dev: {
    stage: 'dev',
    architecture: 'arm64',
    retainData: false,
    tls: true,
    data: small,
    pictures: { transport: 'kafka' },
    cats: { syncEveryMinutes: 1, stub: true },
  },
  prod: {
    stage: 'prod',
    architecture: 'arm64',
    retainData: true,
    tls: true,
    data: {
      kind: 'managed',
      natGateways: 2,
      database: { instanceType: 'm7g.large', storageGb: 100, multiAz: true },
      cache: { nodeType: 'cache.t4g.small', replicas: 1 },
      kafka: { instanceType: 'kafka.m7g.large', brokers: 3, minInSyncReplicas: 2, storageGb: 100 },
    },
    pictures: { transport: 'kafka' },
    cats: { syncEveryMinutes: 1, stub: false },
  },
  localstack: {
    stage: 'localstack',
    architecture: 'x86_64',
    retainData: false,
    tls: false,
    // The containers of docker-compose.localstack.yml.
    data: {
      kind: 'external',
      mysqlUrl: 'mysql://root:stackyard@mysql:3306',
      redisUrl: 'redis://redis:6379',
      controlUrl: 'http://gateway:8001',
      connectionsUrl: 'http://gateway:8002/ws',
    },
    pictures: { transport: 'kafka' },
    cats: { syncEveryMinutes: 1, stub: true },
  },
  local: {
    stage: 'local',
    architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    retainData: false,
    tls: false,
    data: { ...small, kafka: { ...small.kafka, brokers: 1 } },
    pictures: { transport: 'kafka' },
    cats: { syncEveryMinutes: 1, stub: true },
  },
};

/** The configuration of a stage, with the transport changed where one is named. Throws for a name that is none. */
export function configOf(stage: string, transport?: string, addresses: Partial<Addresses> = {}): Config {
  const config = (stages as Partial<Record<string, Config>>)[stage];
  if (!config) throw new Error(`There is no stage ${stage}. Stages: ${Object.keys(stages).join(', ')}`);
  return withAddresses(transport === undefined ? config : withTransport(config, transport), addresses);
}

function withTransport(config: Config, transport: string): Config {
  if (transport !== 'kafka' && transport !== 'sqs') throw new Error(`There is no transport ${transport}. Transports: kafka, sqs`);
  return { ...config, pictures: { ...config.pictures, transport } };
}

/** Where else than in containers the neighbours of an emulator are. */
export type Addresses = Omit<ExternalData, 'kind'>;

export const addressNames = ['mysqlUrl', 'redisUrl', 'controlUrl', 'connectionsUrl'] as const satisfies (keyof Addresses)[];

function withAddresses(config: Config, addresses: Partial<Addresses>): Config {
  if (Object.keys(addresses).length === 0) return config;
  if (config.data.kind === 'managed') throw new Error(`The stage ${config.stage} makes its own data services: it takes no addresses`);
  return { ...config, data: { ...config.data, ...addresses } };
}
