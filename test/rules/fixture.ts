// Hosts a hand-written template, so that a rule can be tested on its own, through the same doors as the app.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Assembly } from '../../local/assembly/manifest.ts';
import type { Template, TemplateResource } from '../../local/assembly/template.ts';
import type { Host, HostOptions } from '../../local/host.ts';
import type { InvokeResult } from '../../local/lambda/registry.ts';
import { createLog } from '../../local/log.ts';
import { start } from '../../local/start.ts';

const STACK = 'Rules';
const sources = new Map<string, Readonly<Record<string, string>>>();

/** A function whose code is `index.mjs` with this source, or these files. Its name is its logical id unless `properties` give one. */
export function nodeFunction(source: string | Readonly<Record<string, string>>, properties: object = {}): TemplateResource {
  const files = typeof source === 'string' ? { 'index.mjs': source } : source;
  const key = `${createHash('sha256').update(JSON.stringify(files)).digest('hex')}.zip`;
  sources.set(key, files);
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: key },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: 'arn:aws:iam::000000000000:role/any',
      ...properties,
    },
  };
}

/** An asset folder for a `Content` or `Code` property: `{ S3Bucket, S3Key }`. */
export function asset(files: Readonly<Record<string, string>>): { S3Bucket: string; S3Key: string } {
  const { Code } = nodeFunction(files).Properties as { Code: { S3Bucket: string; S3Key: string } };
  return Code;
}

export interface FixtureHost {
  readonly url: string;
  /** The AWS SDK's endpoint variables, as functions see them. */
  readonly endpoints: Readonly<Record<'AWS_ENDPOINT_URL' | 'AWS_ENDPOINT_URL_S3' | 'AWS_ENDPOINT_URL_SQS', string>>;
  readonly host: Host;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  /** Of the first stack, unless another is named. */
  output(name: string, stack?: string): unknown;
  invoke(logicalId: string, event: unknown): Promise<InvokeResult>;
  stop(): Promise<void>;
}

/** Strict environments, a free port, data in a temporary folder that goes with `stop()` unless `dataDir` is given. */
export const hostFixture = (
  resources: Readonly<Record<string, TemplateResource>>,
  options: Partial<HostOptions> = {},
): Promise<FixtureHost> => hostStacks({ [STACK]: { Resources: resources } }, options);

/** The same for whole templates by stack name; `ref`, `attribute` and `invoke` look into the first. */
export async function hostStacks(templates: Readonly<Record<string, Template>>, options: Partial<HostOptions> = {}): Promise<FixtureHost> {
  const stacks = Object.entries(templates).map(([name, template]) => ({ name, template }));
  const first = stacks[0]?.name ?? STACK;
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
  const created = (logicalId: string) => {
    const resource = running.deployment.created(first, logicalId);
    if (!resource) throw new Error(`the fixture has no resource ${logicalId}`);
    return resource;
  };
  return {
    url: running.url,
    host: running.host,
    endpoints: {
      AWS_ENDPOINT_URL: running.host.control.url,
      AWS_ENDPOINT_URL_S3: running.host.storage.url,
      AWS_ENDPOINT_URL_SQS: running.host.storage.url,
    },
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
  const files = sources.get(key);
  if (!files) throw new Error(`the fixture has no asset ${key}`);
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, key, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return join(folder, key);
}
