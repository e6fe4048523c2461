// A new data folder in a blink: made once per machine and server version by mariadb-install-db, then cloned.
import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findExecutable } from './executables.mjs';
import { BackendMissing } from './ladder.ts';

export interface DataOptions {
  /** The data goes to `dir`/data. */
  readonly dir: string;
  readonly toolsDir: string;
  readonly program: string;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Makes `dir`/data where it does not exist; by a rename, so that a kill in between leaves no half of it. */
export async function clonePreparedData(options: DataOptions): Promise<void> {
  const data = join(options.dir, 'data');
  if (existsSync(data)) return;
  const prepared = await preparedData(options);
  const copy = join(options.dir, 'data.new');
  await rm(copy, { recursive: true, force: true });
  await cp(prepared, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await rename(copy, data);
}

async function preparedData({ toolsDir, program, version, environment }: DataOptions): Promise<string> {
  const prepared = join(toolsDir, `mariadb-${version}-data`);
  if (existsSync(prepared)) return prepared;
  await mkdir(toolsDir, { recursive: true });
  const work = await mkdtemp(join(toolsDir, 'mariadb-install-'));
  // The installer is a shell script that splits paths at spaces: it sees the folder under another name.
  const alias = await mkdtemp(join(tmpdir(), 'stackyard-mariadb-'));
  try {
    await symlink(work, join(alias, 'work'));
    await install(join(alias, 'work', 'data'), program, environment);
    await rename(join(work, 'data'), prepared).catch((error: unknown) => {
      // Another host was faster; its copy is as good.
      if (!existsSync(prepared)) throw error;
    });
  } finally {
    await rm(alias, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  }
  return prepared;
}

async function install(datadir: string, program: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const beside = { PATH: `${dirname(program)}:${environment.PATH ?? ''}` };
  const installer = findExecutable(['mariadb-install-db', 'mysql_install_db'], beside);
  if (!installer) {
    throw new BackendMissing(
      `${program} is there, but mariadb-install-db, which makes its first data folder, is not: install the whole of mariadb-server.`,
    );
  }
  await promisify(execFile)(installer, [
    '--no-defaults',
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    `--datadir=${datadir}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    // The default of 96 MB would only be more to clone.
    '--innodb-log-file-size=64M',
  ]).catch((error: { stdout?: string; stderr?: string; message: string }) => {
    throw new Error(`mariadb-install-db could not make ${datadir}: ${error.stderr || error.stdout || error.message}`);
  });
}
