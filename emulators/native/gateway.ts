// The gateway as a process of its own, as in its container.
import { join } from 'node:path';
import { projectRoot } from '../../local/app/synthesis.ts';
import type { Command } from '../../local/backends/child-process.ts';
import type { Addresses } from './surroundings.ts';

export interface GatewayOptions {
  readonly addresses: Addresses;
  readonly assembly: string;
  readonly dataDir: string;
  readonly port: number;
}

/** What to run, and with which variables. */
export function gatewayProcess({ addresses, assembly, dataDir, port }: GatewayOptions): {
  command: Command;
  environment: NodeJS.ProcessEnv;
} {
  const { emulatorUrl, controlUrl, connectionsUrl, kafkaBrokers } = addresses;
  return {
    command: {
      executable: process.execPath,
      args: [
        join(projectRoot, 'local/sidecar.ts'),
        ...['--port', String(port)],
        ...['--emulator', emulatorUrl],
        ...['--assembly', assembly],
        ...['--data', join(dataDir, 'sidecar')],
        ...['--control', controlUrl],
        ...['--connections', new URL(connectionsUrl).origin],
      ],
    },
    environment: { ...process.env, KAFKA_BROKERS: kafkaBrokers },
  };
}

/** True once it serves pages, which is after everything that it hosts was made. */
export async function gatewayAnswers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
