// What a handler prints, as Lambda writes it to the log: `ISO time \t request id \t LEVEL \t message`, in one line.
import { format } from 'node:util';

const LEVELS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };

export function printAsLambda(requestId) {
  for (const [name, level] of Object.entries(LEVELS)) {
    console[name] = (...values) => {
      const line = `${new Date().toISOString()}\t${requestId()}\t${level}\t${format(...values)}`;
      process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
    };
  }
}
