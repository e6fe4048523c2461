// The whole application on an emulator, for as long as this process needs it: what tests and measurements run against.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/app/synthesis.ts';
import { startChild, untilReady } from '../../local/backends/child-process.ts';
import { keptPorts } from '../../local/backends/ports.ts';
import type { Log } from '../../local/log.ts';
import { adminKey } from '../deployment/api-key.ts';
import { assemblyFor } from '../deployment/assembly.ts';
import { deployTo } from '../deployment/deploy.ts';
import type { Phases } from '../phases.ts';
import { gatewayAnswers, gatewayProcess } from './gateway.ts';
import { type EmulatorKind, startSurroundings, toolsDirOf } from './surroundings.ts';

export interface DeployedApp {
  readonly url: string;
  readonly apiKey: string;
  readonly emulatorUrl: string;
  stop(): Promise<void>;
}

export interface DeployedAppOptions {
  readonly kind: EmulatorKind;
  readonly dataDir: string;
  readonly log: Log;
  readonly phases: Phases;
}

/** Resolves when the gateway answers. Where a step fails, everything is ended again. */
export async function deployedApp({ kind, dataDir, log, phases }: DeployedAppOptions): Promise<DeployedApp> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    await mkdir(dataDir, { recursive: true });
    const { addresses, stop: stopAll } = await phases.run(`${kind} and servers`, () =>
      startSurroundings({ kind, dataDir, toolsDir: toolsDirOf(projectRoot), log }),
    );
    stops.push(stopAll);
    const assembly = await phases.run('synthesis', () => assemblyFor(kind, addresses, log));
    const { emulatorUrl } = addresses;
    await deployTo({ emulatorUrl, assembly, logDir: dataDir, phases });
    const dir = join(dataDir, 'gateway');
    await mkdir(dir, { recursive: true });
    const [port = 0] = await keptPorts(dir, 1);
    await phases.run('gateway', async () => {
      const { command, environment } = gatewayProcess({ addresses, assembly, dataDir, port });
      const run = startChild(dir, command, environment);
      stops.push(() => run.end());
      await untilReady('The gateway', dir, run, () => gatewayAnswers(port), new AbortController().signal);
    });
    return { url: `http://localhost:${port}`, apiKey: await adminKey(emulatorUrl), emulatorUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
