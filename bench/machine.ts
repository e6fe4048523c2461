// Where and with what a figure was measured: without it no figure means anything.
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { findExecutable, SERVERS } from '../local/backends/executables.mjs';
import { KAFKA_VERSION } from '../local/backends/kafka-jars.mjs';

/** `2026-03-01 10:00 UTC` */
export const now = (): string => `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const machine = (): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}`;

/** Node, and the backends that a run on this machine uses. */
export function versions(): string {
  const banner = (names: readonly string[], pattern: RegExp) => {
    const program = findExecutable(names);
    return program ? (pattern.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown') : 'none';
  };
  return [
    `node ${process.versions.node}`,
    `mariadb ${banner(SERVERS.mysql, /Ver (\d[\d.]*)/)}`,
    `redis ${banner(SERVERS.redis, /v=(\d[\d.]*)/)}`,
    `kafka ${KAFKA_VERSION}`,
  ].join(', ');
}
