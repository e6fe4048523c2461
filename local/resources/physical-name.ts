// Names of resources that the template does not name.
import { createHash } from 'node:crypto';
import type { Resource } from './resource.ts';

/** Made of stack and logical id, so it is the same at each start; what is longer than `limit` ends in a digest of the whole. */
export function physicalName({ stack, logicalId }: Pick<Resource, 'stack' | 'logicalId'>, limit: number): string {
  const name = `${stack}-${logicalId}`;
  if (name.length <= limit) return name;
  return `${name.slice(0, limit - 9)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
