// Brings the application up on LocalStack in containers, step by step; run again, it deploys what has changed.
import type { Phases } from '../phases.ts';
import { compose } from './docker.ts';

export interface ComposeOptions {
  readonly phases: Phases;
  /** `tools`, `monitoring`: what else is started. */
  readonly profiles: readonly string[];
}

/** Where docker-compose.localstack.yml publishes the gateway. */
const URL = 'http://localhost:8000';

export async function composeUp({ phases, profiles }: ComposeOptions): Promise<{ url: string; apiKey: string }> {
  await phases.run('localstack and servers', () => compose('up', '--detach', '--wait', 'localstack', 'mysql', 'redis', 'kafka'));
  const said = await phases.run('image, synthesis, deploy', () => compose('run', '--build', '--rm', 'deploy'));
  const apiKey = /^x-api-key: (\S+)$/m.exec(said)?.[1];
  if (apiKey === undefined) throw new Error(`The deployment told no API key:\n${said.slice(-2000)}`);
  // Anew also where only what it hosts has changed: it reads the assembly at its start.
  await phases.run('gateway', () => compose('up', '--build', '--force-recreate', '--no-deps', '--detach', '--wait', 'gateway'));
  const active = profiles.flatMap((name) => ['--profile', name]);
  if (active.length > 0) await phases.run(profiles.join(' and '), () => compose(...active, 'up', '--detach', '--wait', '--no-recreate'));
  return { url: URL, apiKey };
}

/** Ends all containers and removes what they kept: LocalStack's part of it is gone with its container. */
export async function composeDown(): Promise<void> {
  await compose('--profile', '*', 'down', '--volumes', '--remove-orphans');
}
