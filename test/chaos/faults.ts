// Faults at points of progress that a seed decides: what is killed, and after how much accepted work.
import type { Chance } from '../support/chance.ts';
import { eventually } from '../support/eventually.ts';
import type { HostedApp } from '../support/hosted-app.ts';
import { isAlive, signalled } from '../support/processes.ts';

export type Fault = 'environments' | 'mariadb' | 'redis' | 'kafka' | 'host';

export interface PlannedFault {
  readonly fault: Fault;
  /** Accepted pieces of work before it strikes. */
  readonly after: number;
}

/** Each fault as often as it is named, spread over the work in a random order. */
export function plan(faults: readonly Fault[], pieces: number, random: Chance): PlannedFault[] {
  const stride = pieces / faults.length;
  return random.shuffled(faults).map((fault, index) => ({ fault, after: Math.floor(index * stride + random.below(stride)) }));
}

/** Kills at once; the host is started again on the same data, everything else comes back by itself. */
export async function strike(fault: Fault, app: HostedApp, restart: () => Promise<HostedApp>): Promise<HostedApp> {
  if (fault === 'host') {
    await app.kill();
    return restart();
  }
  if (fault === 'environments') {
    // Right after a start there may be none yet.
    const hits = () => app.output().split(/environments killed: [1-9]/).length;
    const before = hits();
    await eventually(() => signalled(app.pid, 'SIGUSR2') && hits() > before);
  } else {
    const pid = app.backendPid(fault);
    if (isAlive(pid)) signalled(pid, 'SIGKILL');
  }
  return app;
}
