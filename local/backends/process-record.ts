// Which server process belongs to a data folder: what the next start reads after this host was killed.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { processIdentity } from './process-identity.mjs';

interface Known {
  readonly pid: number;
  readonly identity: string | undefined;
}

interface ProcessRecord {
  readonly server: Known;
  readonly host: Known;
}

const fileIn = (dir: string) => join(dir, 'process.json');
const known = (pid: number): Known => ({ pid, identity: processIdentity(pid) });
const runs = ({ pid, identity }: Known) => identity !== undefined && processIdentity(pid) === identity;

/** Synchronous, right after the spawn: between the two a kill of this host would leave a process that nobody knows of. */
export function recordProcess(dir: string, pid: number): void {
  const record: ProcessRecord = { server: known(pid), host: known(process.pid) };
  writeFileSync(`${fileIn(dir)}.new`, JSON.stringify(record));
  renameSync(`${fileIn(dir)}.new`, fileIn(dir));
}

export const forgetProcess = (dir: string): void => rmSync(fileIn(dir), { force: true });

/**
 * Ends the server that a killed host left behind in `dir`, so that its files can be opened again.
 * Throws where the host that runs it is alive: two hosts cannot share a data folder.
 */
export async function endOrphan(name: string, dir: string, log: Log): Promise<void> {
  if (!existsSync(fileIn(dir))) return;
  const { server, host }: ProcessRecord = JSON.parse(readFileSync(fileIn(dir), 'utf8'));
  if (runs(server)) {
    if (runs(host)) throw new Error(`${dir} is in use by the process ${host.pid}: stop that one first, or use another data folder.`);
    log('info', name, `ending the server that an earlier run left behind (pid ${server.pid})`);
    await endByPid(server);
  }
  forgetProcess(dir);
}

/** No exit event for a process that is not our child, so its end is polled for. */
async function endByPid(server: Known): Promise<void> {
  for (const { signal, patienceMs } of ENDING) {
    if (runs(server)) process.kill(server.pid, signal);
    if (signal === 'SIGTERM' && runs(server)) process.kill(server.pid, 'SIGCONT');
    for (let waited = 0; waited < patienceMs && runs(server); waited += POLL_MS) await delay(POLL_MS);
  }
  if (runs(server)) throw new Error(`The process ${server.pid} does not end even by SIGKILL: look at it with ps, then start again.`);
}

const POLL_MS = 20;
/** A SIGTERM lets the server flush; a stopped one takes it only after a SIGCONT. */
const ENDING = [
  { signal: 'SIGTERM', patienceMs: 10_000 },
  { signal: 'SIGKILL', patienceMs: 5_000 },
] as const;
