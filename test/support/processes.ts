// Processes of this machine, as /proc shows them.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** True while the process runs; one that ended and was not waited for yet does not. */
export function isAlive(pid: number): boolean {
  const state = stat(pid)?.[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Sends a signal; false where there is no such process any more. */
export function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Whoever runs in the folder or below, or names it in its arguments; not this process. */
export const processesOf = (folder: string): number[] =>
  running().filter((pid) => pid !== process.pid && (commandLine(pid).includes(folder) || workingFolder(pid).startsWith(folder)));

/** Children, their children, and so on. */
export function descendants(pid: number): number[] {
  const parents = new Map(running().map((each) => [each, Number(stat(each)?.[1])]));
  const below = (parent: number): number[] =>
    [...parents].filter(([, its]) => its === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Program and arguments. */
export const commandLine = (pid: number): string => read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');

const workingFolder = (pid: number): string => read(() => readlinkSync(`/proc/${pid}/cwd`));

const running = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(isAlive);

/** State, parent and the fields that follow; the name before them may hold blanks and brackets. */
function stat(pid: number): string[] | undefined {
  const text = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Empty for a process that is gone, or not ours to look at. */
function read(look: () => string): string {
  try {
    return look();
  } catch {
    return '';
  }
}
