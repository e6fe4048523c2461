// AWS::Lambda::LayerVersion: an asset folder that functions find by the layer's ARN.
import type { Host } from '../host.ts';
import { assetFolder } from '../lambda/function-code.ts';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

/** S3 keys by ARN. What lies there is looked at when a function asks: layers of CDK's own providers are archives that nobody here uses. */
const contents = new WeakMap<Host, Map<string, string>>();

/** The unpacked layer. Throws for a layer that this host did not create, such as one of another account, and for archives. */
export function layerFolder(host: Host, arn: string): string {
  const s3Key = contents.get(host)?.get(arn);
  if (s3Key === undefined) throw new Error(`Layer ${arn} is not part of the assembly: its content cannot be had here`);
  return assetFolder(host.assembly, s3Key);
}

export const module: ResourceModule = {
  type: 'AWS::Lambda::LayerVersion',
  honours: ['Content', 'LayerName'],
  ignores: {
    CompatibleArchitectures: "the layer's files are used as they are: build them for this machine",
    CompatibleRuntimes: reasons.label,
    Description: reasons.label,
    LicenseInfo: reasons.label,
  },
  async create(resource, host) {
    const { region, account } = host.options;
    const name = String(resource.properties.LayerName ?? physicalName(resource, 140));
    const arn = `arn:aws:lambda:${region}:${account}:layer:${name}:1`;
    const known = contents.get(host) ?? new Map<string, string>();
    contents.set(host, known.set(arn, String(resource.properties.Content.S3Key)));
    return { ref: arn, attributes: { LayerVersionArn: arn } };
  },
};
