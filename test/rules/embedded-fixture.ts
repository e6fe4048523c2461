// Templates of fixtures in the embedded host, through the same doors as the app.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Assembly } from '../../local/assembly/manifest.ts';
import type { Template } from '../../local/assembly/template.ts';
import type { HostOptions } from '../../local/host.ts';
import { createLog } from '../../local/log.ts';
import { start } from '../../local/start.ts';
import type { FixtureHost } from './fixture.ts';
import { filesOf } from './fixture-sources.ts';

/** Strict environments, a free port, data in a temporary folder that goes with `stop()` unless `dataDir` is given. */
export async function embeddedFixture(
  templates: Readonly<Record<string, Template>>,
  options: Partial<HostOptions> = {},
): Promise<FixtureHost> {
  const stacks = Object.entries(templates).map(([name, template]) => ({ name, template }));
  const first = String(stacks[0]?.name);
  const folder = mkdtempSync(join(tmpdir(), 'stackyard-rules-'));
  const assembly: Assembly = {
    directory: folder,
    stacks,
    assetPath: (key) => unpacked(folder, key),
  };
  const running = await start({
    assembly,
    dataDir: join(folder, 'data'),
    toolsDir: join(import.meta.dirname, '../../.stackyard/tools'),
    eventsPerEnvironment: 1,
    log: createLog((process.env.STACKYARD_LOG as 'debug' | undefined) ?? 'error'),
    ...options,
  }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const { host } = running;
  const created = (logicalId: string) => {
    const resource = running.deployment.created(first, logicalId);
    if (!resource) throw new Error(`the fixture has no resource ${logicalId}`);
    return resource;
  };
  return {
    url: running.url,
    host,
    account: host.options.account,
    region: host.options.region,
    clientAddress: '127.0.0.1',
    endpoints: {
      AWS_ENDPOINT_URL: host.control.url,
      AWS_ENDPOINT_URL_S3: host.storage.url,
      AWS_ENDPOINT_URL_SQS: host.storage.url,
    },
    config: (service) => ({
      endpoint: service === 'S3' || service === 'SQS' ? host.storage.url : host.control.url,
      region: host.options.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    ref: (logicalId) => created(logicalId).ref,
    attribute: (logicalId, name) => String(created(logicalId).attributes?.[name]),
    output: (name, stack = first) => running.deployment.output(stack, name),
    invoke: (logicalId, event) => running.invoke(created(logicalId).ref, event),
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function unpacked(folder: string, key: string): string {
  for (const [name, content] of Object.entries(filesOf(key))) {
    const file = join(folder, key, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return join(folder, key);
}
