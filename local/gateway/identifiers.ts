// Identifiers that AWS would draw at random, here made from where a resource stands in the assembly: the same after every restart.
import { createHash } from 'node:crypto';
import type { Resource } from '../resources/resource.ts';

/** `length` characters of `a-z0-9` (at most 24), stable for a stack and logical id. */
export function identifier({ stack, logicalId }: Pick<Resource, 'stack' | 'logicalId'>, length = 10): string {
  const digest = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, length);
}
