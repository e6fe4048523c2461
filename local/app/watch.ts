// `--watch`: synthesizes again when a source changes, and lets the running host take over what changed.
import { watch as watchFiles } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../assembly/manifest.ts';
import type { Log } from '../log.ts';
import type { RunningHost } from '../start.ts';
import { localStage, projectRoot, synthesize } from './synthesis.ts';

const FOLDERS = ['functions', 'lib', 'migrations', 'web'];
/** Editors write a file in several steps, and a save often touches several files. */
const SETTLE_MS = 150;

export interface WatchOptions {
  readonly transport: 'kafka' | 'sqs';
  readonly log: Log;
  /** Ends the watching, and a synthesis that is under way. */
  readonly signal: AbortSignal;
}

export function watch({ deployment }: RunningHost, { transport, log, signal }: WatchOptions): void {
  let timer: NodeJS.Timeout | undefined;
  let rebuilding = Promise.resolve();

  async function rebuild(): Promise<void> {
    const began = performance.now();
    const assembly = readAssembly(await synthesize({ ...localStage(transport), log, signal }));
    signal.throwIfAborted();
    const { replaced, needsRestart } = await deployment.update(assembly);
    if (needsRestart.length > 0) log('warn', 'watch', `restart to apply: ${needsRestart.join(', ')}`);
    else if (replaced.length > 0)
      log('info', 'watch', `replaced ${replaced.join(', ')} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  }

  const changed = (file: string | null) => {
    // What the console's own build writes.
    if (file?.startsWith('dist')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      rebuilding = rebuilding.then(rebuild).catch((error: Error) => {
        if (!signal.aborted) log('error', 'watch', `kept the running code: ${error.message}`);
      });
    }, SETTLE_MS);
  };
  for (const folder of FOLDERS) {
    watchFiles(join(projectRoot, folder), { recursive: true, signal }, (_, file) => changed(file))
      // A folder that went while it was looked into; its files are told of one by one.
      .on('error', (error) => log('debug', 'watch', String(error)));
  }
  signal.addEventListener('abort', () => clearTimeout(timer));
  log('info', 'watch', `watching ${FOLDERS.join(', ')}`);
}
