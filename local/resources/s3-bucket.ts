// AWS::S3::Bucket: a bucket in fauxqs, which distributions find under its domain names.
import { bucketOrigin } from '../gateway/bucket-origin.ts';
import type { Host } from '../host.ts';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { Created, Resource, ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::S3::Bucket',
  honours: ['BucketName'],
  ignores: {
    AccessControl: reasons.access,
    BucketEncryption: reasons.encryption,
    LifecycleConfiguration: 'nothing expires here: objects stay until someone deletes them or starts afresh',
    LoggingConfiguration: reasons.watching,
    MetricsConfigurations: reasons.watching,
    OwnershipControls: reasons.access,
    PublicAccessBlockConfiguration: reasons.access,
    Tags: reasons.label,
    VersioningConfiguration: 'only the newest version of an object is kept',
  },
  create,
};

async function create(resource: Resource, host: Host): Promise<Created> {
  const name = String(resource.properties.BucketName ?? physicalName(resource, 63).toLowerCase());
  const response = await fetch(`${host.storage.url}/${name}`, { method: 'PUT' });
  if (!response.ok) throw new Error(`S3 refused the bucket ${name}: ${await response.text()}`);
  const domain = `${name}.s3.amazonaws.com`;
  const regionalDomain = `${name}.s3.${host.options.region}.amazonaws.com`;
  const origin = bucketOrigin(host.storage.url, name);
  host.origins.register(domain, origin);
  host.origins.register(regionalDomain, origin);
  return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: regionalDomain } };
}
