// Cats of a host in this process, whose minutes may be shorter than ours, on data that a restart keeps.
import mysql, { type RowDataPacket } from 'mysql2/promise';
import type { Run, SyncStatus } from '../../../functions/cats/routes.ts';
import { UPSTREAM_SECRET } from '../../../local/app/cat-upstream.ts';
import { localStage, projectRoot, synthesize } from '../../../local/app/synthesis.ts';
import { apiKeysOf } from '../../../local/gateway/api-keys.ts';
import { createLog } from '../../../local/log.ts';
import { start } from '../../../local/start.ts';
import { eventually } from '../../support/eventually.ts';

const SYNC = 'stackyard-local-cats-sync';

export type ScaledCats = Awaited<ReturnType<typeof scaledCats>>;

/** @param timeScale so many minutes of the schedule pass in one of ours */
export async function scaledCats(dataDir: string, timeScale: number) {
  const log = createLog('error', () => undefined);
  const running = await start({
    assembly: synthesize({ ...localStage('sqs'), log }),
    dataDir,
    toolsDir: `${projectRoot}/.stackyard/tools`,
    kafka: false,
    ahead: ['mysql', 'redis'],
    timeScale,
    warm: true,
    log,
  });
  const { host } = running;
  const { host: address, port, user, password } = await host.backends.mysql();
  const server = mysql.createPool({ host: address, port, user, password, timezone: 'Z' });
  const key = apiKeysOf(host).all()[0]?.value ?? '';
  const get = async <Value>(path: string): Promise<Value> => (await (await fetch(`${running.url}${path}`)).json()) as Value;
  const runs = () => get<Run[]>('/api/v1/sync/runs?limit=100');

  return {
    get,
    runs,
    status: () => get<SyncStatus>('/api/v1/sync'),
    async control(action: 'start' | 'stop' | 'run'): Promise<{ status: number; body: { run?: number; enabled?: boolean } }> {
      const answer = await fetch(`${running.url}/api/v1/sync/${action}`, { method: 'POST', headers: { 'x-api-key': key } });
      return { status: answer.status, body: (await answer.json()) as { run?: number; enabled?: boolean } };
    },
    /** A run once it has ended. */
    ended: (id: number): Promise<Run> => eventually(async () => (await runs()).find((run) => run.id === id && run.endedAt !== null)),
    /** The function as the schedule invokes it; what it said. */
    async tick(): Promise<{ state: string; run?: number }> {
      const { payload, functionError } = await running.invoke(SYNC, { action: 'tick' });
      if (functionError) throw new Error(payload);
      return JSON.parse(payload) as { state: string; run?: number };
    },
    sql: async (statement: string, values: unknown[] = []) => (await server.query<RowDataPacket[]>(statement, values))[0],
    upstreamAt: (url: string) => host.secrets.put(UPSTREAM_SECRET, JSON.stringify({ url, key: '' })),
    async stop() {
      await server.end();
      await running.stop();
    },
  };
}
