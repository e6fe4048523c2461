// Does the application work, after it was deployed? One thing of each system is tried.
import type { Phases } from '../phases.ts';
import { client } from './client.ts';
import { systems } from './systems.ts';

/** Rejects with the system's name and what was wrong. */
export async function smoke(url: string, apiKey: string, phases: Phases): Promise<void> {
  const as = client(url, apiKey);
  for (const [name, attempt] of Object.entries(systems)) {
    await phases
      .run(`smoke: ${name}`, () => attempt(as))
      .catch((error: unknown) => {
        throw new Error(`${name} does not work at ${url}: ${error instanceof Error ? error.message : String(error)}`);
      });
  }
}
