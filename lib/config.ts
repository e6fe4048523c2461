// Everything that differs between stages.

export type Stage = 'dev' | 'prod' | 'minimal' | 'localstack' | 'local';
export type Transport = 'kafka' | 'sqs';

export interface Config {
  readonly stage: Stage;
  /** Of the functions and their native layer. */
  readonly architecture: 'arm64' | 'x86_64';
  /**
   * After something was replaced that other stacks refer to (a database, a bucket): a greater number has all of them look again, has migrations and
   * topics run again, and functions that are released by versions publish new ones (ADR 16).
   */
  readonly generation: number;
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
  readonly edge: Edge;
  readonly functions: {
    /** `canary`: an alias of each function takes a tenth of the traffic first, and goes back when an alarm rings. */
    readonly release: 'at-once' | 'canary';
    /** Environments that are kept ready, by the function's entry: `orders/api`. */
    readonly provisionedConcurrency: Readonly<Record<string, number>>;
    readonly logRetentionDays: 7 | 30 | 90;
  };
  /** Where spans go: the address of an OTLP/HTTP collector. */
  readonly tracing?: {
    readonly endpoint: string;
    /** Part of the traces that begin here which is told of, 0 to 1; all by default. */
    readonly ratio?: number;
  };
  readonly alerts: {
    /** Hears of every alarm, and of the budget; `-c alertsEmail=…` names it without a change here. */
    readonly email?: string;
    /** Somebody hears when a month will cost more. */
    readonly monthlyBudgetUsd: number;
    /** Promises to users, with alarms on how fast they are used up, and a dashboard a system: docs/slo.md says what that costs. */
    readonly objectives: boolean;
  };
}

/** The one address that everything answers on, and who is let in. */
export interface Edge {
  /** Managed rules and a limit of requests an address, before CloudFront. */
  readonly firewall: boolean;
  /** By which the REST API knows that CloudFront asks: a greater number makes a new one, and the one before goes on being accepted. */
  readonly originKey: number;
  /** Instead of CloudFront's own name. The certificate is of us-east-1. */
  readonly domain?: { readonly name: string; readonly certificateArn: string };
  /** Who may call the APIs. Keys of single routes are asked for besides. */
  readonly authorizer:
    | { readonly kind: 'none' }
    | { readonly kind: 'iam' }
    | { readonly kind: 'jwt'; readonly issuer: string; readonly audience: string };
  /** Whether `/metrics`, `/api/workers` and the like want the key, which tell what nobody outside needs to know. */
  readonly guardOperations: boolean;
  /** Requests a second, and how many at once, of the whole API and of the holder of one key. */
  readonly throttle: { readonly stage: Rate; readonly key: Rate };
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Data services of AWS, in a network of their own. */
export interface ManagedData {
  readonly kind: 'managed';
  /** How many zones the network spans: RDS and ElastiCache want two, and brokers stand in a zone each. */
  readonly zones: number;
  /** Which; else the first of the region by name. Those may lack what is needed, as names mean other zones in every account. */
  readonly zoneNames?: readonly string[];
  /** Ways out of the private subnets: managed gateways, or one small instance that costs a tenth and does not heal itself. */
  readonly nat: { readonly kind: 'gateways'; readonly count: number } | { readonly kind: 'instance'; readonly instanceType: string };
  /** AWS's services that are reached without the way out, where that pays: docs/costs.md. */
  readonly interfaceEndpoints: readonly string[];
  readonly database: {
    readonly instanceType: string;
    readonly storageGb: number;
    readonly multiAz: boolean;
    readonly backupDays: number;
    /** Shares the connections of many environments; without it each environment has its own. */
    readonly proxy: boolean;
  };
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
  zones: 2,
  nat: { kind: 'gateways', count: 1 },
  interfaceEndpoints: [],
  database: { instanceType: 't4g.medium', storageGb: 20, multiAz: false, backupDays: 7, proxy: true },
  cache: { nodeType: 'cache.t4g.micro', replicas: 0 },
  kafka: { instanceType: 'kafka.t3.small', brokers: 2, minInSyncReplicas: 1, storageGb: 10 },
};

const open: Edge = {
  firewall: false,
  originKey: 1,
  authorizer: { kind: 'none' },
  guardOperations: false,
  throttle: { stage: { perSecond: 1_000, burst: 2_000 }, key: { perSecond: 50, burst: 100 } },
};

/** As it is tried out: every change at once, forgotten after a week. */
const trial = {
  functions: { release: 'at-once', provisionedConcurrency: {}, logRetentionDays: 7 },
  edge: open,
} as const;

export const stages: Record<Stage, Config> = {
  dev: {
    stage: 'dev',
    generation: 1,
    architecture: 'arm64',
    retainData: false,
    tls: true,
    data: small,
    pictures: { transport: 'kafka' },
    cats: { syncEveryMinutes: 1, stub: true },
    ...trial,
    alerts: { monthlyBudgetUsd: 550, objectives: true },
  },
  prod: {
    stage: 'prod',
    generation: 1,
    architecture: 'arm64',
    retainData: true,
    tls: true,
    data: {
      kind: 'managed',
      zones: 3,
      nat: { kind: 'gateways', count: 3 },
      interfaceEndpoints: [],
      database: { instanceType: 'm7g.large', storageGb: 100, multiAz: true, backupDays: 35, proxy: true },
      cache: { nodeType: 'cache.t4g.small', replicas: 1 },
      kafka: { instanceType: 'kafka.m7g.large', brokers: 3, minInSyncReplicas: 2, storageGb: 100 },
    },
    pictures: { transport: 'kafka' },
    cats: { syncEveryMinutes: 1, stub: false },
    edge: { ...open, firewall: true, guardOperations: true },
    functions: { release: 'canary', provisionedConcurrency: {}, logRetentionDays: 90 },
    alerts: { monthlyBudgetUsd: 1_750, objectives: true },
  },
  // What one person pays: one zone, the smallest sizes, queues instead of Kafka.
  minimal: {
    stage: 'minimal',
    generation: 1,
    architecture: 'arm64',
    retainData: false,
    tls: true,
    data: {
      ...small,
      nat: { kind: 'instance', instanceType: 't4g.nano' },
      database: { instanceType: 't4g.micro', storageGb: 20, multiAz: false, backupDays: 1, proxy: false },
    },
    pictures: { transport: 'sqs' },
    // Four runs of 71 calls a day stay below the 10,000 a month that a free key is said to have: docs/costs.md.
    cats: { syncEveryMinutes: 360, stub: false },
    ...trial,
    alerts: { monthlyBudgetUsd: 75, objectives: false },
  },
  localstack: {
    stage: 'localstack',
    generation: 1,
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
    ...trial,
    alerts: { monthlyBudgetUsd: 1, objectives: false },
  },
  local: {
    stage: 'local',
    generation: 1,
    architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    retainData: false,
    tls: false,
    data: { ...small, kafka: { ...small.kafka, brokers: 1 } },
    pictures: { transport: 'kafka' },
    cats: { syncEveryMinutes: 1, stub: true },
    ...trial,
    alerts: { monthlyBudgetUsd: 1, objectives: true },
  },
};

/** The configuration of a stage, with transport and zones (`us-east-1a,us-east-1b`) changed where they are named. Throws for names that are none. */
export function configOf(stage: string, transport?: string, addresses: Partial<Addresses> = {}, zones?: string): Config {
  const config = (stages as Partial<Record<string, Config>>)[stage];
  if (!config) throw new Error(`There is no stage ${stage}. Stages: ${Object.keys(stages).join(', ')}`);
  const located = zones === undefined ? config : withZones(config, zones);
  return withAddresses(transport === undefined ? located : withTransport(located, transport), addresses);
}

/** With somebody who hears of alarms. */
export const withEmail = (config: Config, email: string | undefined): Config =>
  email === undefined ? config : { ...config, alerts: { ...config.alerts, email } };

function withZones({ data, ...config }: Config, named: string): Config {
  if (data.kind === 'external') throw new Error(`The stage ${config.stage} has no network: it takes no zones`);
  const zoneNames = [...new Set(named.split(',').filter((name) => name !== ''))];
  if (zoneNames.length !== data.zones)
    throw new Error(`The stage ${config.stage} needs ${data.zones} different zones, and these are ${zoneNames.length}: ${named}`);
  return { ...config, data: { ...data, zoneNames } };
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
