// How a password is changed without anybody being refused: four steps, each safe to run again, and beside itself.
import type { Login } from '../administrator.ts';

export type Step = 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';

/** Versions of one secret. */
export interface Versions {
  /** Stages (`AWSCURRENT`, …) by version id. */
  stages(): Promise<Readonly<Record<string, readonly string[]>>>;
  current(): Promise<Login>;
  /** Undefined as long as the version has no value. */
  pending(versionId: string): Promise<Login | undefined>;
  /** Gives the version its value, unless it has one. */
  putPending(versionId: string, login: Login): Promise<void>;
  makeCurrent(versionId: string, insteadOf: string): Promise<void>;
}

export interface Server {
  /** Afterwards both passwords of the user are valid, and no third. */
  accept(username: string, passwords: { readonly now: string; readonly next: string }): Promise<void>;
  /** Throws where the login is refused. */
  logIn(login: Login): Promise<void>;
}

export interface Rotation {
  readonly versions: Versions;
  readonly server: Server;
  readonly generate: () => string;
}

/**
 * Runs one step of the version that Secrets Manager has begun. Throws where there is no such version, or where it is not the pending one.
 *
 * At any moment the password of AWSCURRENT is valid: the server takes the new one beside it, and drops only the one before. The user stays the
 * same, because RDS Proxy knows no login but that of AWSCURRENT.
 */
export async function rotate(step: Step, versionId: string, { versions, server, generate }: Rotation): Promise<void> {
  const stages = (await versions.stages())[versionId];
  if (!stages) throw new Error(`There is no version ${versionId} to rotate to`);
  // A step that comes again after the last one: all is done.
  if (stages.includes('AWSCURRENT')) return;
  if (!stages.includes('AWSPENDING')) throw new Error(`The version ${versionId} is not the pending one`);

  if (step === 'createSecret') {
    if (!(await versions.pending(versionId))) await versions.putPending(versionId, { ...(await versions.current()), password: generate() });
    return;
  }
  const next = await versions.pending(versionId);
  // A schedule that is made without a rotation runs this step alone, on a version that may be empty: it asks whether the function gets through.
  if (step === 'testSecret') return server.logIn(next ?? (await versions.current()));
  if (!next) throw new Error(`The version ${versionId} has no value yet`);
  if (step === 'setSecret') {
    const now = await versions.current();
    if (now.username !== next.username || now.host !== next.host) throw new Error('The pending version is of another user or server');
    await server.accept(now.username, { now: now.password, next: next.password });
  } else {
    const [current = ''] = Object.entries(await versions.stages()).find(([, of]) => of.includes('AWSCURRENT')) ?? [];
    await versions.makeCurrent(versionId, current);
  }
}
