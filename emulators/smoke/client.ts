// Requests of the smoke test, and waiting for what becomes of them.
import { setTimeout as delay } from 'node:timers/promises';

export interface Client {
  readonly url: string;
  /** Rejects with request and answer where the status is none of those. */
  expect(status: number | readonly number[], method: string, path: string, options?: { body?: object; key?: boolean }): Promise<Response>;
}

const POLL_MS = 200;

export const client = (url: string, apiKey: string): Client => ({
  url,
  async expect(status, method, path, { body, key = false } = {}) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...(key && { 'x-api-key': apiKey }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(35_000),
    });
    if ([status].flat().includes(response.status)) return response;
    throw new Error(
      `${method} ${path} was answered ${response.status}, not ${[status].flat().join(' or ')}: ${(await response.text()).slice(0, 500)}`,
    );
  },
});

/** Rejects, saying what was waited for, when it has not come after `seconds`. */
export async function until<Found>(what: string, seconds: number, look: () => Promise<Found | undefined>): Promise<Found> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${seconds} s`);
    await delay(POLL_MS);
  }
}
