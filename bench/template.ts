// Hosts a hand-written template, so that the host itself is measured and not the application.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemplateResource } from '../local/assembly/template.ts';
import { type RunningHost, type StartOptions, start } from '../local/start.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const sources = new Map<string, string>();

/** A function whose code is `index.mjs` with this source. Its name is its logical id unless `properties` give one. */
export function functionOf(source: string, properties: object = {}): TemplateResource {
  const key = `${createHash('sha256').update(source).digest('hex')}.zip`;
  sources.set(key, source);
  return {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { S3Bucket: 'assets', S3Key: key }, Handler: 'index.handler', Runtime: 'nodejs24.x', ...properties },
  };
}

/** One REST API whose `GET /` goes to the function with this logical id. */
export const restApi = (fn: string): Resources => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'bench' } },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations` },
      },
    },
  },
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } }, DependsOn: ['Method'] },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'live' },
  },
});

export type HostedTemplate = Pick<RunningHost, 'url' | 'host' | 'invoke' | 'stop'>;

export interface TemplateOptions extends Partial<StartOptions> {
  /** Folders of assets that exist already, by key. */
  readonly assets?: (key: string) => string;
}

/** On a free port; `stop()` removes the temporary folder, unless `dataDir` is given. */
export async function hostTemplate(resources: Resources, { assets, ...options }: TemplateOptions = {}): Promise<HostedTemplate> {
  const folder = mkdtempSync(join(tmpdir(), 'stackyard-bench-'));
  const running = await start({
    assembly: {
      directory: folder,
      stacks: [{ name: 'Bench', template: { Resources: resources } }],
      assetPath: (key) => unpacked(folder, key) ?? assets?.(key) ?? missing(key),
    },
    dataDir: join(folder, 'data'),
    toolsDir: join(import.meta.dirname, '../.stackyard/tools'),
    ...options,
  });
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: running.url, host: running.host, invoke: running.invoke, stop };
}

function unpacked(folder: string, key: string): string | undefined {
  const source = sources.get(key);
  if (source === undefined) return undefined;
  mkdirSync(join(folder, key), { recursive: true });
  writeFileSync(join(folder, key, 'index.mjs'), source);
  return join(folder, key);
}

function missing(key: string): never {
  throw new Error(`the template has no asset ${key}`);
}
