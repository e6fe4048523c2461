// Brings the application up on an emulator without Docker, step by step; run again, it deploys what has changed.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/app/synthesis.ts';
import type { Log } from '../../local/log.ts';
import { adminKey } from '../deployment/api-key.ts';
import { assemblyFor } from '../deployment/assembly.ts';
import { deployTo } from '../deployment/deploy.ts';
import type { Phases } from '../phases.ts';
import { readAddresses } from './addresses.ts';
import { gatewayAnswers, gatewayProcess } from './gateway.ts';
import { endLasting, type Lasting, startLasting } from './lasting.ts';
import type { Addresses, EmulatorKind } from './surroundings.ts';

export interface NativeOptions {
  readonly kind: EmulatorKind;
  /** Of everything that runs; emptied where nothing runs, since emulators keep nothing and databases must not know more than they. */
  readonly dataDir: string;
  /** Of the gateway. */
  readonly port: number;
  readonly log: Log;
  readonly phases: Phases;
}

/** An installation of the emulator is part of its first start. */
const FIRST_START_S = 900;
const GATEWAY_START_S = 120;

const surroundingsIn = (dataDir: string): Lasting => ({ title: 'The emulator with its servers', dir: join(dataDir, 'surroundings') });
const gatewayIn = (dataDir: string): Lasting => ({ title: 'The gateway', dir: join(dataDir, 'gateway') });

export async function up(options: NativeOptions): Promise<{ url: string; apiKey: string }> {
  const { kind, dataDir, port, log, phases } = options;
  const addresses = await ensureSurroundings(options);
  const assembly = await phases.run('synthesis', () => assemblyFor(kind, addresses, log));
  await deployTo({ emulatorUrl: addresses.emulatorUrl, assembly, logDir: dataDir, phases });
  await phases.run('gateway', async () => {
    await endLasting(gatewayIn(dataDir), log);
    if (await gatewayAnswers(port))
      throw new Error(`Port ${port} is taken by another program. End that one, or choose another with --port.`);
    const { command, environment } = gatewayProcess({ addresses, assembly, dataDir, port });
    const answers = () => gatewayAnswers(port);
    await startLasting(gatewayIn(dataDir), command, environment, { answers, seconds: GATEWAY_START_S });
  });
  return { url: `http://localhost:${port}`, apiKey: await adminKey(addresses.emulatorUrl) };
}

/** Ends everything, and removes what it kept. Nothing where nothing runs. */
export async function down({ dataDir, log }: Pick<NativeOptions, 'dataDir' | 'log'>): Promise<void> {
  await endLasting(gatewayIn(dataDir), log);
  await endLasting(surroundingsIn(dataDir), log);
  await rm(dataDir, { recursive: true, force: true });
}

async function ensureSurroundings({ kind, dataDir, log, phases }: NativeOptions): Promise<Addresses> {
  const running = await readAddresses(dataDir);
  if (running && (await emulatorAnswers(running))) return running;
  return phases.run(`${kind} and servers`, async () => {
    await down({ dataDir, log });
    const command = {
      executable: process.execPath,
      args: [join(projectRoot, 'emulators/native/main.ts'), '--kind', kind, '--data', dataDir],
    };
    const answers = async () => (await readAddresses(dataDir)) !== undefined;
    await startLasting(surroundingsIn(dataDir), command, process.env, { answers, seconds: FIRST_START_S });
    return (await readAddresses(dataDir)) as Addresses;
  });
}

const emulatorAnswers = ({ emulatorUrl }: Addresses): Promise<boolean> =>
  fetch(emulatorUrl, { signal: AbortSignal.timeout(5_000) }).then(
    () => true,
    () => false,
  );
