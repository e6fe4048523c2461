// The native picture library as a layer, built for the stage's architecture.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../../node_modules');
const { version } = JSON.parse(readFileSync(join(root, 'sharp/package.json'), 'utf8')) as { version: string };

export class SharpLayer extends Construct {
  readonly version: LayerVersion;

  constructor(scope: Construct, id: string, architecture: Config['architecture']) {
    super(scope, id);
    const cpu = architecture === 'arm64' ? 'arm64' : 'x64';
    this.version = new LayerVersion(this, 'Layer', {
      description: `sharp ${version} for linux-${cpu}`,
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      compatibleArchitectures: [architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64],
      code: Code.fromAsset(join(root, 'sharp'), {
        assetHash: `sharp-${version}-linux-${cpu}`.padEnd(64, '0'),
        assetHashType: AssetHashType.CUSTOM,
        bundling: {
          image: DockerImage.fromRegistry('unused: bundled on this machine'),
          local: {
            tryBundle: (output) => {
              bundle(join(output, 'nodejs'), cpu);
              return true;
            },
          },
        },
      }),
    });
  }
}

/** Copies what is installed here where it is of that architecture; asks the registry for the other one. */
function bundle(folder: string, cpu: 'arm64' | 'x64'): void {
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'linux' && process.arch === cpu) copyInstalled('sharp', join(folder, 'node_modules'), new Set());
  else
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--os=linux', `--cpu=${cpu}`, '--libc=glibc', '--no-audit', '--no-fund', `sharp@${version}`],
      { stdio: 'ignore' },
    );
}

/** A package with everything it depends on, as far as it is installed: packages for other machines are not. */
function copyInstalled(name: string, target: string, seen: Set<string>): void {
  if (seen.has(name)) return;
  seen.add(name);
  const source = join(root, name);
  let manifest: { dependencies?: object; optionalDependencies?: object };
  try {
    manifest = require(join(source, 'package.json'));
  } catch {
    return;
  }
  cpSync(source, join(target, name), { recursive: true, dereference: true });
  for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
    copyInstalled(dependency, target, seen);
}
