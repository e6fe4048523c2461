// A function whose invocations arrive in the test, which answers them: what an event source delivers, and what it does after a failure.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { targetOf } from '../support/target.ts';

// biome-ignore lint/suspicious/noExplicitAny: events of any source, read by tests only
export type Event = any;

/** For `expect.poll`: what takes a moment may take longer while other tests run, and the counters of a queue lag behind by a minute on AWS. */
export const soon = { timeout: targetOf('rules') === 'aws' ? 120_000 : 10_000 };

export interface EventSink {
  /** Source of `index.mjs`. */
  readonly source: string;
  /** Source of a `tell(event)` for handlers that do more: it gives what the test answers. */
  readonly telling: string;
  /** Every event so far, in order of arrival. */
  readonly events: readonly Event[];
  /** What the function returns for an event; throwing makes the function throw. Returns nothing unless set. */
  answer: (event: Event) => unknown;
  /** Resolves with the events as soon as `condition` holds for them. */
  until(condition: (events: readonly Event[]) => boolean): Promise<readonly Event[]>;
  stop(): Promise<void>;
}

/** The way from the function to the test. */
export interface Transport {
  readonly telling: string;
  stop(): Promise<void>;
}

/** RULES_SINK=bucket takes AWS's way to an emulator, too. */
const byBucket = targetOf('rules') === 'aws' || process.env.RULES_SINK === 'bucket';

export async function eventSink(): Promise<EventSink> {
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  const arrive = async (event: Event) => {
    events.push(event);
    for (const check of waiting) check();
    return sink.answer(event);
  };
  const { telling, stop } = byBucket ? await (await import('./deployed-sink.ts')).bucketTransport(arrive) : await httpTransport(arrive);
  const sink: EventSink = {
    telling,
    source: `${telling} export const handler = tell;`,
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
    stop,
  };
  return sink;
}

/** For functions on this machine. */
async function httpTransport(arrive: (event: Event) => Promise<unknown>): Promise<Transport> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      response.end(JSON.stringify((await arrive(JSON.parse(Buffer.concat(chunks).toString()))) ?? null));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    telling: `const tell = async (event) => {
      const answer = await fetch('${url}', { method: 'POST', body: JSON.stringify(event) });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    };`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
