// Tells a process from a later one that got the same number. Plain JavaScript: the preparation's lock uses it too.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A text that no other process of this machine has or will have, or undefined where `pid` does not run (zombies do not run). */
export function processIdentity(pid) {
  return process.platform === 'linux' ? byProc(pid) : byPs(pid);
}

/** Start time in clock ticks since the boot, and which boot: a container's small pids come back after every restart. */
function byProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[18]}`;
  } catch {
    return undefined;
  }
}

function byPs(pid) {
  try {
    const row = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const [state, ...started] = row.split(/\s+/);
    return row === '' || state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}
