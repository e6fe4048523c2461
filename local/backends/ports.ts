// Loopback ports for the servers that this host owns.
import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * Below every system's range of ephemeral ports. A client that keeps dialling a dead server's port would otherwise be given that very port
 * as its own some day, connect to itself, and keep the restarted server from binding.
 */
const [LOWEST, HIGHEST] = [20_000, 32_000];

/** The ports of last time where they are all free still, so that a person's client finds the server again; else new ones, kept in `dir`/ports. */
export async function keptPorts(dir: string, count: number): Promise<readonly number[]> {
  const file = join(dir, 'ports');
  const kept = (await readFile(file, 'utf8').catch(() => '')).split(' ').filter(Boolean).map(Number);
  if (kept.length === count && (await Promise.all(kept.map(isFree))).every(Boolean)) return kept;
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(await freePort());
  await writeFile(file, [...chosen].join(' '));
  return [...chosen];
}

/** Taken by nobody at this moment. */
export async function freePort(): Promise<number> {
  const port = randomInt(LOWEST, HIGHEST);
  return (await isFree(port)) ? port : freePort();
}

/** True where 127.0.0.1:`port` can be bound at this moment. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
