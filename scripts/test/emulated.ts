// Suites against emulators that run here without Docker; where a machine has no Python for one, it is left out with a word.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython as pythonForLocalStack } from '../../emulators/localstack/install.ts';
import { startLocalStack } from '../../emulators/localstack/start.ts';
import { findPython as pythonForMiniStack } from '../../emulators/ministack/install.ts';
import { lacking } from '../../emulators/ministack/lacking.ts';
import { deployedApp } from '../../emulators/native/deployed-app.ts';
import { type EmulatorKind, toolsDirOf } from '../../emulators/native/surroundings.ts';
import { phases } from '../../emulators/phases.ts';
import { smoke } from '../../emulators/smoke/smoke.ts';
import { projectRoot } from '../../local/app/synthesis.ts';
import { freePort } from '../../local/backends/ports.ts';
import { createLog } from '../../local/log.ts';
import { type Outcome, runVitest } from './run.ts';

/** They answer a few dozen requests a second: what is repeated to find rare things is repeated less. */
const EFFORT = '0.05';

/** And what is waited for takes longer. */
const PATIENCE_MS = '90000';

const log = createLog('warn');

const pythons = { localstack: pythonForLocalStack, ministack: pythonForMiniStack };

/** Runs `work` in a folder that is removed afterwards; left out where nothing can run the emulator. */
async function where(kind: EmulatorKind, work: (dataDir: string) => Promise<Outcome>): Promise<Outcome> {
  if (!(await pythons[kind]()))
    return { passed: 0, failed: 0, leftOut: `no Python here runs ${kind}: npm run ${kind} -- --native says what is missing` };
  const dataDir = await mkdtemp(join(tmpdir(), `stackyard-${kind}-`));
  try {
    return await work(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The emulators as programs. */
export const emulatorPrograms = (): Promise<Outcome> => where('localstack', () => runVitest(['emulators']));

/** The contract suites against the application that was deployed to an emulator, after one thing of each system was tried. */
export const againstEmulator = (kind: EmulatorKind) => (): Promise<Outcome> =>
  where(kind, async (dataDir) => {
    const steps = phases((line) => void process.stdout.write(`${line}\n`));
    const app = await deployedApp({ kind, dataDir, log, phases: steps });
    try {
      await smoke(app.url, app.apiKey, steps, kind === 'ministack' ? lacking : {});
      return await runVitest(['system'], {
        STACKYARD_URL: app.url,
        STACKYARD_API_KEY: app.apiKey,
        STACKYARD_TARGET: kind,
        STACKYARD_EFFORT: EFFORT,
        STACKYARD_PATIENCE_MS: PATIENCE_MS,
      });
    } finally {
      await app.stop();
    }
  });

/** The rules of AWS behaviour, asked of LocalStack instead of the embedded host. */
export const rulesOnLocalStack = (): Promise<Outcome> =>
  where('localstack', async (dataDir) => {
    const emulator = await startLocalStack({ toolsDir: toolsDirOf(projectRoot), dataDir, port: await freePort(), log });
    try {
      return await runVitest(['rules'], { RULES_TARGET: 'localstack', AWS_ENDPOINT_URL: emulator.url });
    } finally {
      await emulator.stop();
    }
  });
