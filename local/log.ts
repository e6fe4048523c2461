// One line an event, on stderr; the host's own voice, apart from what handlers write.
export type Level = 'debug' | 'info' | 'warn' | 'error';

export type Log = (level: Level, source: string, message: string) => void;

const rank: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Writes what is at least as grave as `threshold` to `write`, one line each: time, level, source, message. */
export const createLog =
  (threshold: Level, write: (line: string) => void = (line) => process.stderr.write(line)): Log =>
  (level, source, message) => {
    if (rank[level] < rank[threshold]) return;
    write(`${new Date().toISOString()} ${level.padEnd(5)} ${source}  ${message.replaceAll('\n', '\n    ')}\n`);
  };
