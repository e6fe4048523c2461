// One host per data folder: a pid file says who runs.
import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Takes the data folder for this process; the function that is returned gives it back. Throws with the owner's pid and address while one lives. */
export async function claim(dataDir: string): Promise<{ announce(url: string): Promise<void>; release(): Promise<void> }> {
  const file = join(dataDir, 'host.pid');
  await mkdir(dataDir, { recursive: true });
  const owner = await readFile(file, 'utf8').catch(() => undefined);
  if (owner !== undefined) {
    const [pid = '', started = '', url = ''] = owner.split('\n');
    if (startOf(Number(pid)) === started)
      throw new Error(
        `Stackyard runs already on this data (pid ${pid}${url && `, ${url}`}). Stop it, or start with another --data and --port.`,
      );
    await rm(file, { force: true });
  }
  const handle = await open(file, 'wx');
  await handle.write(`${process.pid}\n${startOf(process.pid)}\n`);
  return {
    async announce(url) {
      await handle.write(`${url}\n`);
    },
    async release() {
      await handle.close();
      await rm(file, { force: true });
    },
  };
}

/** When a process started, in clock ticks since boot: tells a process from a later one with the same pid. Undefined for none. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
