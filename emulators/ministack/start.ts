// MiniStack on this machine: functions run as Node processes, everything else is in its own; all on loopback.
import { mkdir, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Emulator } from '../emulator.ts';
import { DEFAULT_PORT, type EmulatorOptions, startSupervised } from '../supervised.ts';
import { installMiniStack, MINISTACK_VERSION } from './install.ts';

/** Installs it where it is not yet, and resolves when it answers. Each start is empty. */
export async function startMiniStack(options: EmulatorOptions): Promise<Emulator> {
  const { toolsDir, dataDir, port = DEFAULT_PORT, log, environment = process.env } = options;
  const python = await installMiniStack({ toolsDir, log, environment });
  const dir = join(dataDir, 'ministack');
  const files = join(dir, 'files');
  return startSupervised(
    {
      name: 'ministack',
      title: `MiniStack ${MINISTACK_VERSION}`,
      dir,
      port,
      async prepare() {
        await rm(files, { recursive: true, force: true });
        await mkdir(files, { recursive: true });
      },
      command: [python, '-m', 'ministack'],
      // All of it goes to every function too; so nothing of the person's own.
      environment: {
        GATEWAY_PORT: String(port),
        BIND_HOST: '127.0.0.1',
        HOME: files,
        TMPDIR: files,
        S3_DATA_DIR: join(files, 's3'),
        STATE_DIR: join(files, 'state'),
        LANG: 'C.UTF-8',
        // It runs functions with the first node of PATH.
        PATH: [dirname(process.execPath), environment.PATH].filter(Boolean).join(delimiter),
      },
      health: '/_ministack/health',
    },
    log,
  );
}
