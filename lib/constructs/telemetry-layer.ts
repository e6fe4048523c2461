// OpenTelemetry's SDK and its OTLP exporter as a layer: only stages that are traced pay for it at a cold start.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AssetHashType, DockerImage, type Stack } from 'aws-cdk-lib';
import { Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { copyInstalled, installedVersion } from '../bundling/installed-packages.ts';

/** What functions/shared/tracing/start.ts asks for, and the API that all of them meet in. */
const PACKAGES = ['api', 'context-async-hooks', 'core', 'exporter-trace-otlp-http', 'resources', 'sdk-trace-base'].map(
  (name) => `@opentelemetry/${name}`,
);

const scope = join(import.meta.dirname, '../../node_modules/@opentelemetry');

/** The one of a stack. It is JavaScript alone, and fits every processor. */
export function telemetryLayer(stack: Stack): LayerVersion {
  const made = stack.node.tryFindChild('Telemetry');
  if (made) return made as LayerVersion;
  const versions = PACKAGES.map((name) => `${name}@${installedVersion(name)}`).join(' ');
  return new LayerVersion(stack, 'Telemetry', {
    description: `OpenTelemetry SDK ${installedVersion('@opentelemetry/sdk-trace-base')}`,
    compatibleRuntimes: [Runtime.NODEJS_24_X],
    code: Code.fromAsset(scope, {
      assetHash: createHash('sha256').update(versions).digest('hex'),
      assetHashType: AssetHashType.CUSTOM,
      bundling: {
        image: DockerImage.fromRegistry('unused: bundled on this machine'),
        local: {
          tryBundle: (output) => {
            bundleTelemetry(join(output, 'nodejs/node_modules'));
            return true;
          },
        },
      },
    }),
  });
}

/** Each package is there three times, for bundlers and browsers too, with types and maps. `require` reads the one in `build/src`. */
export const bundleTelemetry = (target: string): void =>
  copyInstalled(PACKAGES, target, (path) => !/^build\/(esm|esnext)(\/|$)|\.(d\.ts|map)$/.test(path));
