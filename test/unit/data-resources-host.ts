// A host of real services without an edge, for the modules of data resources; each backend is started by the first resource that needs it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backends } from '../../local/backends/provision.ts';
import { origins } from '../../local/gateway/origins.ts';
import { type Host, LOOPBACK } from '../../local/host.ts';
import { functionRegistry } from '../../local/lambda/registry.ts';
import { createLog } from '../../local/log.ts';
import { loadModules, moduleFor } from '../../local/resources/registry.ts';
import type { Created } from '../../local/resources/resource.ts';
import { controlApi } from '../../local/services/control-api.ts';
import { kafkaControlApi } from '../../local/services/kafka-control.ts';
import { storage } from '../../local/services/s3-and-sqs.ts';
import { secretStore } from '../../local/services/secrets.ts';
import { parameterStore } from '../../local/services/ssm.ts';

export interface DataHost {
  readonly host: Host;
  /** Creates one resource of the type; what the module refuses is thrown. */
  create(type: string, logicalId: string, properties: object): Promise<Created>;
  /** Ends everything; the data stays until `forget`. */
  stop(): Promise<void>;
}

export const dataFolder = (): string => mkdtempSync(join(tmpdir(), 'stackyard-data-'));

export async function dataHost(dataDir: string, kafka = true): Promise<DataHost> {
  const log = createLog('error');
  const options = {
    port: 0,
    dataDir,
    kafka,
    eventsPerEnvironment: 1,
    timeScale: 1,
    addresses: LOOPBACK,
    account: '000000000000',
    region: 'us-east-1',
    telemetry: {},
  };
  const servers = backends({ dataDir, toolsDir: join(import.meta.dirname, '../../.stackyard/tools'), kafka, log });
  const [data, control, modules] = await Promise.all([storage({ ...options, log }), controlApi(log), loadModules()]);
  kafkaControlApi(control, servers);
  const host: Host = {
    options,
    log,
    assembly: { directory: dataDir, stacks: [], assetPath: (key) => key },
    backends: servers,
    functions: functionRegistry(),
    origins: origins(),
    imports: new Map(),
    storage: data,
    control,
    secrets: secretStore(options),
    parameters: parameterStore(options),
  };
  return {
    host,
    async create(type, logicalId, properties) {
      const resource = { stack: 'Test', logicalId, type, properties, metadata: {} };
      const module = moduleFor(type, modules);
      const refused = module?.refuses?.(resource) ?? [];
      if (!module || refused.length > 0) throw new Error(refused.join('\n') || `no module for ${type}`);
      return module.create(resource, host);
    },
    async stop() {
      await Promise.all([data.stop(), control.stop(), servers.stop()]);
    },
  };
}

export const forget = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true });
