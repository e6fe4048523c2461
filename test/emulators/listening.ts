// The addresses on which a process listens, by /proc: its sockets, and the kernel's table of those that listen.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTEN = '0A';

export function listeningAddresses(pid: number): string[] {
  const sockets = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => inode(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , state, , , , , , socket]) => state === LISTEN && sockets.has(socket))
      .map(([, local = '']) => address(local.split(':')[0] ?? '')),
  );
}

/** Undefined for a file that is no socket, or is closed by now. */
function inode(path: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
  } catch {
    return undefined;
  }
}

/** An IPv4 address, also one that IPv6 maps, with dots; another IPv6 address as the kernel writes it. */
function address(hex: string): string {
  const mapped = hex.length === 32 && hex.startsWith('0000000000000000FFFF0000') ? hex.slice(24) : hex;
  if (mapped.length !== 8) return hex;
  return [...mapped.matchAll(/../g)]
    .reverse()
    .map(([byte]) => Number.parseInt(byte, 16))
    .join('.');
}
