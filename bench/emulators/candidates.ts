// The same checkout on the embedded host, on LocalStack and on MiniStack: how each starts, takes a changed handler, and what counts as its memory.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LOCALSTACK_VERSION } from '../../emulators/localstack/install.ts';
import { MINISTACK_VERSION } from '../../emulators/ministack/install.ts';
import type { EmulatorKind } from '../../emulators/native/surroundings.ts';
import { keptPorts } from '../../local/backends/ports.ts';
import { startApp } from '../app.ts';
import { withDescendants } from './memory.ts';

export interface Running {
  readonly url: string;
  /** From the command to the first answer, without the synthesis, which is the same for all. */
  readonly startSeconds: number;
  /** What `startSeconds` is made of, where it has steps. */
  readonly steps: string;
  /** Of what stands in for AWS, without the servers that all of them use. */
  pids(): readonly number[];
  /** Called when a handler was changed: resolves when it may be in place. */
  apply(): Promise<void>;
  stop(): Promise<unknown>;
}

export interface Candidate {
  readonly name: string;
  readonly how: string;
  start(root: string, dataDir: string): Promise<Running>;
}

export const candidates: readonly Candidate[] = [
  { name: 'embedded host', how: '`npm start -- --watch`', start: embedded },
  { name: `LocalStack ${LOCALSTACK_VERSION}`, how: '`npm run localstack -- --native` again', start: emulated('localstack') },
  { name: `MiniStack ${MINISTACK_VERSION}`, how: '`npm run ministack` again', start: emulated('ministack') },
];

/** The first start in a new folder synthesizes; the second, on other new data, does not. */
async function embedded(root: string, dataDir: string): Promise<Running> {
  await (await startApp(`${dataDir}-synthesis`, [], root)).stop();
  const { url, startSeconds, pid, stop } = await startApp(dataDir, ['--watch'], root);
  return { url, startSeconds, steps: '', pids: () => [pid], apply: async () => undefined, stop };
}

type Steps = readonly { readonly name: string; readonly seconds: number }[];

function emulated(kind: EmulatorKind): Candidate['start'] {
  return async (root, dataDir) => {
    const [port = 0] = await keptPorts(join(root, '.stackyard'), 1);
    const program = join(root, 'bench/emulators/up.ts');
    const run = async (...args: string[]) => (await promisify(execFile)(process.execPath, [program, ...args], { cwd: root })).stdout;
    const up = async () => JSON.parse(await run(kind, dataDir, String(port))) as Steps;
    const stop = () => run('down', dataDir);
    try {
      const began = performance.now();
      const steps = await up();
      const took = (performance.now() - began) / 1000;
      const synthesis = steps.find(({ name }) => name === 'synthesis')?.seconds ?? 0;
      return {
        url: `http://127.0.0.1:${port}`,
        startSeconds: took - synthesis,
        steps: steps
          .filter(({ name }) => name !== 'synthesis')
          .map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`)
          .join(', '),
        pids: () => [kind, 'gateway'].flatMap((part) => withDescendants(recordedPid(join(dataDir, part)))),
        apply: async () => void (await up()),
        stop,
      };
    } catch (error) {
      await stop();
      throw error;
    }
  };
}

const recordedPid = (dir: string): number =>
  (JSON.parse(readFileSync(join(dir, 'process.json'), 'utf8')) as { server: { pid: number } }).server.pid;
