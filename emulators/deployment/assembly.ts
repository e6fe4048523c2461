// The assembly of the stage `localstack`, with the addresses of this machine in the place of containers' names.
import { type Synthesized, synthesize } from '../../local/app/synthesis.ts';
import type { Log } from '../../local/log.ts';
import type { Addresses } from '../native/surroundings.ts';

/** The folder of the assembly; made anew only where sources or addresses have changed. */
export function assemblyFor(kind: string, { mysqlUrl, redisUrl, controlUrl, connectionsUrl }: Addresses, log: Log): Promise<string> {
  const context = { stage: 'localstack', mysqlUrl, redisUrl, controlUrl, connectionsUrl };
  const synthesized: Synthesized = { name: kind, context };
  return synthesize({ ...synthesized, log });
}
