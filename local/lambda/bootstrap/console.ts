// What a handler prints: console lines in Lambda's format (L13), writes to stdout and stderr as they are, one message a line.
import { format } from 'node:util';
import type { LogLevel } from '../protocol.ts';

export type WriteLine = (level: LogLevel, line: string) => void;

const methods: Readonly<Record<string, LogLevel>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

/** `ISO time \t request id \t LEVEL \t message`, newlines as carriage returns, so that an entry stays one line. */
export const consoleLine = (level: LogLevel, requestId: string | undefined, message: string, now = new Date()): string =>
  `${now.toISOString()}\t${requestId ?? 'undefined'}\t${level}\t${message}`.replaceAll('\n', '\r');

/** Replaces the console and both streams of this thread. */
export function captureOutput(write: WriteLine, requestId: () => string | undefined, mapTrace: (text: string) => string): void {
  for (const [name, level] of Object.entries(methods)) {
    const grave = level === 'ERROR' || level === 'FATAL';
    Object.assign(console, {
      [name]: (...values: unknown[]) => {
        const message = format(...values);
        write(level, consoleLine(level, requestId(), grave ? mapTrace(message) : message));
      },
    });
  }
  process.stdout.write = lineWriter(write, 'INFO') as typeof process.stdout.write;
  process.stderr.write = lineWriter(write, 'WARN') as typeof process.stderr.write;
}

/** A line of JSON carries its own level, as Lambda's log filter reads it. */
const jsonLevel = (line: string): LogLevel | undefined =>
  line.startsWith('{')
    ? (/"level":"(TRACE|DEBUG|INFO|WARN|ERROR|FATAL|CRITICAL)"/.exec(line)?.[1]?.replace('CRITICAL', 'FATAL') as LogLevel | undefined)
    : undefined;

function lineWriter(write: WriteLine, level: LogLevel) {
  let rest = '';
  return (chunk: string | Uint8Array, encoding?: unknown, callback?: () => void): boolean => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) write(jsonLevel(line) ?? level, line);
    const done = typeof encoding === 'function' ? (encoding as () => void) : callback;
    if (done) queueMicrotask(done);
    return true;
  };
}
