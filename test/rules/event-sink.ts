// A function whose invocations arrive in the test, which answers them: what an event source delivers, and what it does after a failure.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// biome-ignore lint/suspicious/noExplicitAny: events of any source, read by tests only
export type Event = any;

/** For `expect.poll`: what takes a moment may take longer while other tests run. */
export const soon = { timeout: 10_000 };

export interface EventSink {
  /** Source of `index.mjs`. */
  readonly source: string;
  /** Every event so far, in order of arrival. */
  readonly events: readonly Event[];
  /** What the function returns for an event; throwing makes the function throw. Returns nothing unless set. */
  answer: (event: Event) => unknown;
  /** Resolves with the events as soon as `condition` holds for them. */
  until(condition: (events: readonly Event[]) => boolean): Promise<readonly Event[]>;
  stop(): Promise<void>;
}

export async function eventSink(): Promise<EventSink> {
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const event = JSON.parse(Buffer.concat(chunks).toString());
    events.push(event);
    for (const check of waiting) check();
    try {
      response.end(JSON.stringify((await sink.answer(event)) ?? null));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sink: EventSink = {
    source: `export const handler = async (event) => {
      const answer = await fetch('${url}', { method: 'POST', body: JSON.stringify(event) });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    };`,
    events,
    answer: () => undefined,
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition(events)) return;
          waiting.delete(check);
          resolve(events);
        };
        waiting.add(check);
        check();
      }),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return sink;
}
