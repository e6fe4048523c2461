// The log of a function: its lines and Lambda's own START, END and REPORT (L13), to the host's log and to whoever asked for the tail.
import type { Level, Log } from '../log.ts';
import type { PoolOutcome } from './pool.ts';
import type { LogLevel } from './protocol.ts';
import type { FunctionDefinition } from './registry.ts';

const levels: Readonly<Record<LogLevel, Level>> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
  FATAL: 'error',
};
/** What `LogType: Tail` gives. */
const TAIL_BYTES = 4096;

export interface InvocationLog {
  line(requestId: string | undefined, level: LogLevel, line: string): void;
  started(requestId: string): void;
  finished(requestId: string, outcome: PoolOutcome): void;
  /** Keeps the lines of an event from now on. */
  follow(requestId: string): void;
  /** The last 4 KB of them, and no longer. */
  tail(requestId: string): string;
}

export function invocationLog({ name, memoryMb }: FunctionDefinition, log: Log): InvocationLog {
  const followed = new Map<string, string[]>();
  const line: InvocationLog['line'] = (requestId, level, text) => {
    // Within an entry Lambda writes carriage returns, which CloudWatch shows as new lines.
    log(levels[level], name, text.replaceAll('\r', '\n'));
    if (requestId !== undefined) followed.get(requestId)?.push(text);
  };
  return {
    line,
    started: (id) => line(id, 'DEBUG', `START RequestId: ${id} Version: $LATEST`),
    finished(id, { durationMs, initMs, heapMb }) {
      const report = [
        `REPORT RequestId: ${id}`,
        `Duration: ${durationMs.toFixed(2)} ms`,
        `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
        `Memory Size: ${memoryMb} MB`,
        `Max Memory Used: ${Math.ceil(heapMb)} MB`,
        ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
      ];
      line(id, 'DEBUG', `END RequestId: ${id}`);
      line(id, 'DEBUG', report.join('\t'));
    },
    follow: (id) => void followed.set(id, []),
    tail(id) {
      const text = (followed.get(id) ?? []).map((entry) => `${entry}\n`).join('');
      followed.delete(id);
      return Buffer.from(text).subarray(-TAIL_BYTES).toString('utf8');
    },
  };
}
