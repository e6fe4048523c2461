// Cats of a hosted application that may be killed at any moment: an answer that does not come is no answer.
import type { Run } from '../../../functions/cats/routes.ts';
import { eventually } from '../../support/eventually.ts';
import type { HostedApp } from '../../support/hosted-app.ts';
import { withServer } from '../server-of.ts';

const NO_ANSWER_MS = 35_000;
const PATIENCE_MS = 120_000;

export type HostedCats = ReturnType<typeof hostedCats>;

export function hostedCats(app: () => HostedApp) {
  async function ask(path: string, method = 'GET'): Promise<{ status: number; body: string } | undefined> {
    try {
      const { url, apiKey } = app();
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'x-api-key': apiKey },
        signal: AbortSignal.timeout(NO_ANSWER_MS),
      });
      return { status: response.status, body: await response.text() };
    } catch {
      return undefined;
    }
  }

  const runs = async (): Promise<Run[] | undefined> => {
    const answer = await ask('/api/v1/sync/runs?limit=100');
    return answer?.status === 200 ? JSON.parse(answer.body) : undefined;
  };

  return {
    ask,
    runs,
    get: async <Value>(path: string): Promise<Value> => {
      const answer = await ask(path);
      if (answer?.status !== 200) throw new Error(`GET ${path} answered ${answer?.status} ${answer?.body}`);
      return JSON.parse(answer.body) as Value;
    },
    backendsUp: () => eventually(async () => /"Database":true,"Cache":true/.test((await ask('/status'))?.body ?? ''), PATIENCE_MS),
    /** The schedule would begin runs that nobody counts on. */
    stopSchedule: () => eventually(async () => (await ask('/api/v1/sync/stop', 'POST'))?.status === 200, PATIENCE_MS),
    /** The id of a run, as soon as none goes on any more. */
    startRun: (): Promise<number> =>
      eventually(async () => {
        const answer = await ask('/api/v1/sync/run', 'POST');
        return answer?.status === 202 && (JSON.parse(answer.body) as { run: number }).run;
      }, PATIENCE_MS),
    /** A run that has ended. A commit is seen before it is on disk, and a kill in between takes it back: so it is looked at twice. */
    endOf: (id: number, withinMs = PATIENCE_MS): Promise<Run> =>
      eventually(async () => {
        const look = async () => (await runs())?.find((run) => run.id === id && (run.state === 'failed' || run.state === 'succeeded'));
        const first = await look();
        return first && look();
      }, withinMs),
    /** As if the holder had been silent for as long as a lease lasts. */
    expireLease: () =>
      eventually(
        () =>
          withServer(app().dataDir, async (server) => {
            await server.query(
              'UPDATE cats.synchroniser SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE lease_token IS NOT NULL',
            );
            return true;
          }),
        PATIENCE_MS,
      ),
  };
}
