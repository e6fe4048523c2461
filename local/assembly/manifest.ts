// The cloud assembly as CDK wrote it: stacks with their templates, and where each asset lies.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Template } from './template.ts';

export interface Stack {
  readonly name: string;
  readonly template: Template;
}

export interface Assembly {
  readonly directory: string;
  readonly stacks: readonly Stack[];
  /** The file or folder of the asset whose S3 key is `<hash>.<extension>`. Throws where the assembly has no such asset. */
  assetPath(s3Key: string): string;
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, Artifact>>;
}
interface Artifact {
  readonly type: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string };
}
interface AssetManifest {
  readonly files?: Readonly<Record<string, AssetFile>>;
}
interface AssetFile {
  readonly source: { readonly path: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/** Reads a cloud assembly (`cdk.out`) with its nested asset manifests. Throws with the path where there is none. */
export function readAssembly(directory: string): Assembly {
  const artifacts = Object.entries(read<Manifest>(join(directory, 'manifest.json')).artifacts);
  const stacks = artifacts
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, { properties }]) => ({
      name: properties?.stackName ?? id,
      template: read<Template>(join(directory, properties?.templateFile ?? `${id}.template.json`)),
    }));
  const assets = new Map(
    artifacts
      .filter(([, artifact]) => artifact.type === 'cdk:asset-manifest')
      .flatMap(([, artifact]) => assetsOf(directory, artifact.properties?.file ?? '')),
  );
  return {
    directory,
    stacks,
    assetPath(s3Key) {
      const path = assets.get(s3Key);
      if (path === undefined) throw new Error(`The assembly in ${directory} has no asset ${s3Key}. Synthesize it again.`);
      return path;
    },
  };
}

function assetsOf(directory: string, manifestFile: string): [string, string][] {
  const { files } = read<AssetManifest>(join(directory, manifestFile));
  return Object.values(files ?? {}).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, resolve(directory, source.path)]),
  );
}

function read<Shape>(file: string): Shape {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Shape;
  } catch (cause) {
    throw new Error(`Cannot read ${file} of the cloud assembly. Synthesize the app again.`, { cause });
  }
}
