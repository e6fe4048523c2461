// `npm start`: hosts the app's local stage on this machine until it is told to stop.
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { rememberUpstream, upstreamOf } from './app/cat-upstream.ts';
import { greeting } from './app/greeting.ts';
import { claim } from './app/instance.ts';
import { commandLine } from './app/options.ts';
import { localStage, projectRoot, synthesize } from './app/synthesis.ts';
import { telemetryVariables } from './app/telemetry.ts';
import { watch } from './app/watch.ts';
import { threadsInNativeCode } from './lambda/environment.ts';
import { createLog } from './log.ts';
import { type RunningHost, start } from './start.ts';

const began = performance.now();
// Set by bin/start.mjs for this process alone: the servers that it starts allocate as they are made to.
delete process.env.GLIBC_TUNABLES;

async function main(): Promise<void> {
  const { port, dataDir, fresh, kafka, watch: watching, verbose, eventsPerEnvironment, otlp } = commandLine(process.argv.slice(2));
  const upstream = upstreamOf(process.env);
  const log = createLog(verbose ? 'debug' : 'info');
  const state = join(projectRoot, '.stackyard');
  const data = dataDir === undefined ? join(state, 'data') : resolve(dataDir);
  const transport = kafka ? 'kafka' : 'sqs';
  const instance = await claim(data);
  if (fresh) await rm(join(data, 'host'), { recursive: true, force: true });

  let host: RunningHost | undefined;
  const ended = new AbortController();
  const stop = () => {
    if (ended.signal.aborted) process.exit(1);
    log('info', 'host', 'stopping: finishing what is in flight (again to cut it off)');
    ended.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);

  try {
    const assembly = synthesize({ ...localStage(transport), log, signal: ended.signal });
    // Awaited where it is needed, which may be after it has failed.
    assembly.catch(() => undefined);
    host = await start({
      port,
      kafka,
      eventsPerEnvironment,
      telemetry: telemetryVariables(process.env, otlp),
      log,
      signal: ended.signal,
      warm: true,
      assembly,
      dataDir: join(data, 'host'),
      toolsDir: join(state, 'tools'),
      ahead: kafka ? ['mysql', 'redis', 'kafka'] : ['mysql', 'redis'],
    });
    rememberUpstream(upstream, host.host.secrets);
    await instance.announce(host.url);
    process.stdout.write(greeting(host, { seconds: (performance.now() - began) / 1000, transport, dataDir: data }));
    if (watching) watch(host, { transport, log, signal: ended.signal });
    await new Promise<void>((done) => (ended.signal.aborted ? done() : ended.signal.addEventListener('abort', () => done())));
  } catch (error) {
    // Told to end while it started: then what was cut short is no failure.
    if (!ended.signal.aborted) throw error;
  } finally {
    await host?.stop();
    await instance.release();
  }
}

/** A thread inside of native code cannot be ended, and `process.exit` would wait for it. Everything else has been stopped by then. */
function leave(code: number): void {
  if (threadsInNativeCode.size > 0) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

main().then(
  () => leave(0),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    leave(1);
  },
);
