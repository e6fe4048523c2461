// After the storm: waits until no saga is unfinished any more.
import { eventually } from '../../support/eventually.ts';
import type { HostedApp } from '../../support/hosted-app.ts';

/** Sagas are left alone for 30 s after they began; one that could not be undone then is tried again 30 s later. */
const PATIENCE_MS = 150_000;

export async function settled({ url, apiKey }: HostedApp): Promise<void> {
  const asked = async (path: string, method: string) => {
    const response = await fetch(`${url}${path}`, { method, headers: { 'x-api-key': apiKey } });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`${method} ${path} answered ${response.status} ${body}`);
    return JSON.parse(body) as unknown;
  };
  await eventually(async () => {
    await asked('/orders/sagas/reconcile', 'POST');
    const unfinished = (await asked('/orders/sagas', 'GET')) as { order_id: string; state: string; tries: number }[];
    if (unfinished.length === 0) return true;
    throw new Error(`${unfinished.length} sagas are unfinished: ${JSON.stringify(unfinished.slice(0, 3))}`);
  }, PATIENCE_MS);
}
