// Does the application work, after it was deployed? One thing of each system is tried.
import type { Phases } from '../phases.ts';
import { type Client, client } from './client.ts';
import { systems } from './systems.ts';

/**
 * Rejects with the system's name and what was wrong.
 * @param lacking systems that are known not to work there, with the reason: rejects where one does.
 */
export async function smoke(url: string, apiKey: string, phases: Phases, lacking: Readonly<Record<string, string>> = {}): Promise<void> {
  const as = client(url, apiKey);
  for (const [name, attempt] of Object.entries(systems)) {
    if (lacking[name] === undefined) {
      await phases
        .run(`smoke: ${name}`, () => attempt(as))
        .catch((error: unknown) => {
          throw new Error(`${name} does not work at ${url}: ${error instanceof Error ? error.message : String(error)}`);
        });
    } else await phases.run(`smoke: ${name} is lacking`, () => mustFail(name, attempt, as));
  }
}

async function mustFail(name: string, attempt: (client: Client) => Promise<string>, as: Client): Promise<void> {
  const works = await attempt(as).then(
    () => true,
    () => false,
  );
  if (works) throw new Error(`${name} works at ${as.url}: it is no longer lacking there`);
}
