// The databases that templates made on this host, by their identifiers: a secret is attached to one of them.
import type { Backends } from '../backends/backends.ts';

export interface Database {
  /** As Secrets Manager writes it: `mysql` or `mariadb`. */
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly dbname?: string;
}

const ofHost = new WeakMap<Backends, Map<string, Database>>();

/** One register for each set of backends, so that several hosts in one process do not mix. */
export function databases(backends: Backends): Map<string, Database> {
  const known = ofHost.get(backends) ?? new Map<string, Database>();
  ofHost.set(backends, known);
  return known;
}
