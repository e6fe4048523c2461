// The gateway beside an emulator: hosts what LocalStack's free edition lacks, around functions that LocalStack runs.
import { join, resolve } from 'node:path';
import { sidecarCommandLine } from './app/sidecar-options.ts';
import { createLog } from './log.ts';
import { type RunningHost, start } from './start.ts';

const began = performance.now();

async function main(): Promise<void> {
  const { port, assembly, emulator, dataDir, addresses, verbose } = sidecarCommandLine(process.argv.slice(2));
  const log = createLog(verbose ? 'debug' : 'info');
  const ended = new AbortController();
  const stop = () => ended.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let host: RunningHost | undefined;
  try {
    host = await start({
      port,
      addresses,
      emulator,
      log,
      signal: ended.signal,
      kafka: true,
      assembly: join(resolve(assembly), 'assembly-gateway'),
      dataDir: resolve(dataDir),
      toolsDir: join(resolve(dataDir), 'tools'),
    });
    process.stdout.write(`ready in ${((performance.now() - began) / 1000).toFixed(1)} s: ${host.url}\n`);
    await new Promise<void>((done) => (ended.signal.aborted ? done() : ended.signal.addEventListener('abort', () => done())));
  } catch (error) {
    // Told to end while it started: then what was cut short is no failure.
    if (!ended.signal.aborted) throw error;
  } finally {
    await host?.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
