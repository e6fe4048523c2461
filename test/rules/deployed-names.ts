// Names of what a run creates: unique, and told from everything else by how they begin.
import { randomBytes } from 'node:crypto';

/** How the names of all buckets begin. */
export const BUCKETS = 'stackyard-rules-';

export const uniqueName = (): string => `${BUCKETS}${randomBytes(6).toString('hex')}`;
