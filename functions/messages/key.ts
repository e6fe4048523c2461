import { createHash, randomUUID } from 'node:crypto';
import type { Attempt } from '../shared/idempotency.ts';

/**
 * Key of a message: a new one, or the one that belongs to an Idempotency-Key and its payload. Should the first request die after the queue took the
 * message and before its answer was kept, the second sends the same message again, and the queue or the table drops it.
 */
export function keyOf({ key, scope, payload }: Attempt): string {
  if (key === undefined) return randomUUID();
  const hash = createHash('sha256')
    .update(JSON.stringify([scope, key, payload]))
    .digest('hex');
  // Version 8 of RFC 9562: a hash of our own.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
