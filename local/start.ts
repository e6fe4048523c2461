// The embedded host as a library: hosts a cloud assembly on this machine and says where it answers.
import { mkdir } from 'node:fs/promises';
import { type Deployment, deploy } from './assembly/deployment.ts';
import { type Assembly, readAssembly } from './assembly/manifest.ts';
import { backends } from './backends/provision.ts';
import { rulesOf } from './events/rules.ts';
import { edgeServer } from './gateway/edge-server.ts';
import { origins } from './gateway/origins.ts';
import { type Host, type HostOptions, LOOPBACK } from './host.ts';
import { functionRegistry, type InvokeResult } from './lambda/registry.ts';
import { createLog, type Log } from './log.ts';
import { loadModules } from './resources/registry.ts';
import { cloudWatchApi } from './services/cloudwatch.ts';
import { controlApi } from './services/control-api.ts';
import { dynamodb } from './services/dynamodb.ts';
import { eventsApi } from './services/events.ts';
import { kafkaControlApi } from './services/kafka-control.ts';
import { lambdaApi } from './services/lambda.ts';
import { storage } from './services/s3-and-sqs.ts';
import { secretStore, secretsApi } from './services/secrets.ts';
import { parameterStore, ssmApi } from './services/ssm.ts';
import { stateMachinesOf } from './services/state-machines.ts';
import { statesApi } from './services/states.ts';

export interface StartOptions extends Partial<Omit<HostOptions, 'dataDir'>> {
  readonly dataDir: string;
  /** A cloud assembly, or the promise of one that is still being synthesized: backends start meanwhile. */
  readonly assembly: string | Assembly | Promise<string>;
  /** Where Kafka's jars and prepared data folders are kept, shared by all hosts of a machine. */
  readonly toolsDir: string;
  /** Backends to start before the assembly is read. */
  readonly ahead?: readonly ('mysql' | 'redis' | 'kafka')[];
  readonly log?: Log;
  /** Initializes one environment of every function that clients wait for before the edge answers. */
  readonly warm?: boolean;
  /** Endpoint of an emulator that runs what the assembly refers to but does not define: functions, REST APIs, queues, buckets. */
  readonly emulator?: string;
  /** Gives up a start that is under way; later it has no effect. */
  readonly signal?: AbortSignal;
}

export interface RunningHost {
  /** `http://127.0.0.1:port` of the edge. */
  readonly url: string;
  readonly host: Host;
  readonly deployment: Deployment;
  invoke(functionNameOrArn: string, event: unknown): Promise<InvokeResult>;
  /** Finishes what is in flight (at most 10 s), stops event sources, then backends. */
  stop(): Promise<void>;
}

/** What functions in flight get before they are cut off. */
const GRACE_MS = 10_000;

export async function start(given: StartOptions): Promise<RunningHost> {
  const log = given.log ?? createLog('warn');
  const options: HostOptions = {
    port: given.port ?? 0,
    dataDir: given.dataDir,
    kafka: given.kafka ?? true,
    eventsPerEnvironment: given.eventsPerEnvironment ?? 16,
    timeScale: given.timeScale ?? 1,
    addresses: given.addresses ?? LOOPBACK,
    account: given.account ?? '000000000000',
    region: given.region ?? 'us-east-1',
    telemetry: given.telemetry ?? {},
  };
  await mkdir(options.dataDir, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse())
      await step().catch((error: unknown) => log('error', 'host', `while stopping: ${String(error)}`));
  };

  try {
    const servers = backends({ dataDir: options.dataDir, toolsDir: given.toolsDir, kafka: options.kafka, log });
    stops.push(() => servers.stop());
    const giveUp = () => void servers.stop();
    given.signal?.addEventListener('abort', giveUp);
    // Started early, awaited by the resource that needs them: a failure surfaces there, with the resource's name.
    for (const name of given.ahead ?? []) servers[name]().catch(() => undefined);
    const emulator = given.emulator === undefined ? undefined : await emulatorAt(given.emulator, options.region);
    if (emulator) stops.push(async () => emulator.detach());
    const [data, control] = await Promise.all([emulator?.storage ?? storage({ ...options, log }), controlApi(log, options.addresses)]);
    stops.push(
      () => data.stop(),
      () => control.stop(),
    );
    const awaited = await given.assembly;
    const assembly = typeof awaited === 'string' ? readAssembly(awaited) : awaited;
    const tables = hasTables(assembly) ? await dynamodb({ ...options, log }) : undefined;
    if (tables) stops.push(() => tables.stop());
    const host: Host = {
      options,
      log,
      assembly,
      backends: servers,
      functions: functionRegistry(),
      origins: origins(emulator?.origin),
      imports: emulator?.exports ?? new Map(),
      storage: data,
      ...(tables && { dynamodb: tables }),
      control,
      secrets: secretStore(options),
      parameters: parameterStore(options),
    };
    for (const fn of emulator?.functions ?? []) host.functions.add(fn);
    secretsApi(control, host.secrets);
    ssmApi(control, host.parameters);
    kafkaControlApi(control, servers);
    const cloudWatch = cloudWatchApi(control, data, servers);
    stops.push(() => cloudWatch.stop());
    lambdaApi(control, host.functions);
    statesApi(control, stateMachinesOf(host));
    eventsApi(control, rulesOf(host), options.account);

    const deployment = await deploy(await loadModules(), host);
    stops.push(() => deployment.stop());
    if (given.warm) await host.functions.settle();
    given.signal?.throwIfAborted();
    given.signal?.removeEventListener('abort', giveUp);
    const edge = await edgeServer(host);
    stops.push(() => edge.stop(GRACE_MS));
    return { url: edge.url, host, deployment, invoke: (name, event) => invoke(host, name, event), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Its clients of AWS are loaded only by who stands beside an emulator. */
const emulatorAt = async (endpoint: string, region: string) => (await import('./emulator/attach.ts')).attach(endpoint, region);

/** DynamoDB takes a thread of memory: only who has tables pays for it. */
const hasTables = ({ stacks }: Assembly): boolean =>
  stacks.some(({ template }) => Object.values(template.Resources ?? {}).some(({ Type }) => Type === 'AWS::DynamoDB::Table'));

function invoke({ functions }: Host, name: string, event: unknown): Promise<InvokeResult> {
  const fn = functions.find(name);
  if (!fn) throw new Error(`There is no function ${name} here`);
  return fn.invoke(JSON.stringify(event ?? null));
}
