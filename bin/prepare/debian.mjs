// Installs Debian packages without starting the services that come with them: the host runs its own servers.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { findExecutable } from '../../local/backends/executables.mjs';
import { processIdentity } from '../../local/backends/process-identity.mjs';
import { run } from './command.mjs';

/** Asked by every package's scripts before they start a service; 101 forbids it. */
export const SERVICE_POLICY = '/usr/sbin/policy-rc.d';
const OURS = '# Placed for one installation by the preparation of process ';

const APT = {
  // A machine's own unattended upgrade may hold the lock for a while.
  options: ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'],
  environment: { DEBIAN_FRONTEND: 'noninteractive' },
};

/** `packages`: lists of alternatives. Throws a sentence with what to install by hand where that is not ours to do. */
export async function installDebianPackages(packages) {
  const names = packages.map((alternatives) => alternatives[0]).join(' ');
  const orElse = 'or give running servers as MYSQL_URL, REDIS_URL, KAFKA_BROKERS; --no-kafka does without Java and Maven';
  if (!existsSync('/etc/debian_version') || !findExecutable(['apt-get'])) {
    throw new Error(`Missing here: ${names} (Debian's names). Install your system's packages of these programs, ${orElse}.`);
  }
  const byHand = `apt-get install --no-install-recommends ${names}`;
  if (process.getuid() !== 0) throw new Error(`Missing here: ${names}. Install them: sudo ${byHand}, ${orElse}.`);

  const hint = `The packages could not be installed from here. Install them by hand: ${byHand}, ${orElse}.`;
  const env = { ...process.env, ...APT.environment };
  await run('apt-get', ['update'], { env, hint });
  await withoutServices(() => run('apt-get', ['install', ...APT.options, ...packages.map(firstAvailable)], { env, hint }));
}

function firstAvailable(alternatives) {
  return alternatives.find(isAvailable) ?? alternatives[0];
}

function isAvailable(name) {
  try {
    return execFileSync('apt-cache', ['show', '--no-all-versions', name], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0;
  } catch {
    return false;
  }
}

/** Forbids services to start while `work` runs; a policy that the machine has already is left as it is. */
export async function withoutServices(work, policy = SERVICE_POLICY) {
  clearStalePolicy(policy);
  if (existsSync(policy)) return work();
  const remove = () => rmSync(policy, { force: true });
  const interrupted = (signal) => {
    remove();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  writeFileSync(policy, `#!/bin/sh\n${OURS}${process.pid} ${processIdentity(process.pid)}\nexit 101\n`, { mode: 0o755, flag: 'wx' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupted);
  try {
    return await work();
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, interrupted);
    remove();
  }
}

/** A preparation that was killed outright could not remove its policy. */
export function clearStalePolicy(policy = SERVICE_POLICY) {
  if (!existsSync(policy)) return;
  const [pid, identity] = (readFileSync(policy, 'utf8').split(OURS)[1] ?? '').split('\n')[0].split(' ');
  if (pid && processIdentity(Number(pid)) !== identity) rmSync(policy, { force: true });
}
