// Lets one preparation of a checkout run at a time: two at once would install into the same folders.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { processIdentity } from '../../local/backends/process-identity.mjs';

const POLL_MS = 200;

/** Runs `work` while this process holds the lock `file`; waits for a holder that lives, and takes over from one that does not. */
export async function withLock(file, work, { say = () => {} } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  for (let said = false; !take(file); said = true) {
    const holder = holderOf(file);
    if (holder && processIdentity(holder.pid) !== holder.identity) discard(file, holder);
    else {
      if (!said && holder) say(`waiting for another preparation of this folder (pid ${holder.pid})`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** Linked into place with its content, so that nobody ever reads half a lock; of two that try, the link of one fails. */
function take(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own);
  }
}

/** Undefined when the lock is gone again. */
function holderOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Moved away first: where another process was faster and holds the lock by now, its lock is put back. */
function discard(file, dead) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (holderOf(aside)?.identity === dead.identity) rmSync(aside);
  else renameSync(aside, file);
}
