// The native picture library as a layer, built for the stage's architecture.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { copyInstalled, installedVersion } from '../bundling/installed-packages.ts';
import type { Config } from '../config.ts';

const root = join(import.meta.dirname, '../../node_modules');
const version = installedVersion('sharp');

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
  if (process.platform === 'linux' && process.arch === cpu) copyInstalled(['sharp'], join(folder, 'node_modules'));
  else
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--os=linux', `--cpu=${cpu}`, '--libc=glibc', '--no-audit', '--no-fund', `sharp@${version}`],
      { stdio: 'ignore' },
    );
}
