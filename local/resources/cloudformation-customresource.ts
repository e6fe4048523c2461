// Custom resources (C1): the function behind ServiceToken is invoked as CloudFormation does, and answers by a PUT to ResponseURL.
// Every start sends Create or, where this host's data folder has seen the resource, Update: what the function does must be idempotent, as on AWS.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../host.ts';
import type { ControlApi } from '../services/control-api.ts';
import type { Created, Resource, ResourceModule } from './resource.ts';

/** CloudFormation waits this long for the answer. */
const HOUR = 3_600_000;

interface Response {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  readonly Data?: Readonly<Record<string, unknown>>;
}

export const module: ResourceModule = {
  type: 'AWS::CloudFormation::CustomResource',
  honours: ['*'],
  ignores: {},
  create,
};

async function create(resource: Resource, host: Host): Promise<Created> {
  const { ServiceToken, ServiceTimeout, ...own } = resource.properties;
  const provider = host.functions.find(String(ServiceToken));
  if (!provider) throw new Error(`ServiceToken ${String(ServiceToken)} is not a function of this host`);
  const record = recordOf(resource, host);
  const previous = await record.read();
  const properties = { ServiceToken, ...(asText(own) as object) };
  const answer = responseTo(host.control);
  const result = await provider.invoke(
    JSON.stringify({
      RequestType: previous ? 'Update' : 'Create',
      RequestId: answer.id,
      StackId: `arn:aws:cloudformation:${host.options.region}:${host.options.account}:stack/${resource.stack}/local`,
      ResponseURL: answer.url,
      ResourceType: resource.type,
      LogicalResourceId: resource.logicalId,
      ServiceToken,
      ResourceProperties: properties,
      ...(previous && { PhysicalResourceId: previous.physicalId, OldResourceProperties: previous.properties }),
    }),
  );
  if (result.functionError) throw new Error(`${provider.definition.name} failed: ${result.payload}`);
  const response = await answer.within(Math.min(Number(ServiceTimeout ?? 3600) * 1000, HOUR));
  if (response.Status !== 'SUCCESS') throw new Error(response.Reason ?? 'the function answered FAILED without a reason');
  const ref = response.PhysicalResourceId ?? previous?.physicalId ?? `${resource.stack}-${resource.logicalId}`;
  await record.write({ physicalId: ref, properties });
  return {
    ref,
    attributes: Object.fromEntries(Object.entries(response.Data ?? {}).map(([name, value]) => [name, String(value)])),
    deployed: () => provider.rest(),
  };
}

/** CloudFormation hands every primitive over as text: `true` → `"true"`, `5` → `"5"`. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asText(inner)]));
  return String(value);
}

/** One place to PUT an answer to, and the wait for it. */
function responseTo(control: ControlApi) {
  const id = randomUUID();
  const { promise, resolve } = Promise.withResolvers<Response>();
  const path = `/custom-resources/${id}`;
  control.rest('PUT', path, async ({ body }) => {
    resolve(JSON.parse(body.toString('utf8')) as Response);
    return { status: 200, body: '' };
  });
  return {
    id,
    url: control.url + path,
    within(milliseconds: number): Promise<Response> {
      const { promise: late, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => reject(new Error(`no answer to the custom resource within ${milliseconds / 1000} s`)), milliseconds);
      return Promise.race([promise, late]).finally(() => clearTimeout(timer));
    },
  };
}

/** What the data folder remembers of a resource. */
interface Deployed {
  readonly physicalId: string;
  readonly properties: object;
}

function recordOf({ stack, logicalId }: Resource, { options }: Host) {
  const folder = join(options.dataDir, 'custom-resources');
  const file = join(folder, `${stack}.${logicalId}.json`);
  return {
    async read(): Promise<Deployed | undefined> {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : (JSON.parse(text) as Deployed);
    },
    async write(deployed: Deployed): Promise<void> {
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(deployed));
      await rename(`${file}.new`, file);
    },
  };
}
