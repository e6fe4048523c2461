// The announcement of a job where Kafka hangs: whoever announces waits for a moment and no longer, and begins anew with the next job.
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { kafkaAnnouncer } from '../../functions/pictures/kafka-announcer.ts';

const DEADLINE_MS = 800;
/** What fits into the deadline. */
const MOST_TRIES = 2;
const JOB = { id: 'a', key: 'sources/a' };

interface Broker {
  readonly address: string;
  /** How many clients have come, and how many of them are there still. */
  readonly clients: { came: number; there: number };
}

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server[Symbol.asyncDispose]()));
});

/** Takes connections and never answers. */
async function hangingBroker(): Promise<Broker> {
  const clients = { came: 0, there: 0 };
  const server = createServer((socket) => {
    clients.came++;
    clients.there++;
    socket.resume();
    socket.on('close', () => clients.there--);
  });
  servers.push(server);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { address: `127.0.0.1:${address.port}`, clients };
}

function announcing(...brokers: readonly Broker[]) {
  const options = async () => ({ clientId: 'test', bootstrapBrokers: brokers.map(({ address }) => address) });
  return kafkaAnnouncer('jobs', options, DEADLINE_MS);
}

it('gives up after its deadline, however many brokers and tries there are', async () => {
  const { announce } = announcing(await hangingBroker(), await hangingBroker());
  const began = performance.now();

  await expect(announce(JOB, 'r')).rejects.toThrow(`no answer within ${DEADLINE_MS} ms`);
  expect(performance.now() - began).toBeLessThan(2 * DEADLINE_MS);
});

it('gives up also where nobody says which brokers there are', async () => {
  const { announce } = kafkaAnnouncer('jobs', () => new Promise(() => undefined), DEADLINE_MS);

  await expect(announce(JOB, 'r')).rejects.toThrow('no answer');
});

it('begins anew with the next job, and keeps nothing of the producer that failed', async () => {
  const broker = await hangingBroker();
  const { announce } = announcing(broker);

  await expect(announce(JOB, 'r')).rejects.toThrow('no answer');
  await expect.poll(() => broker.clients.there).toBe(0);
  const { came } = broker.clients;
  await expect(announce(JOB, 'r')).rejects.toThrow('no answer');
  await expect.poll(() => broker.clients.there).toBe(0);
  expect(broker.clients.came).toBeGreaterThan(came);
  expect(broker.clients.came).toBeLessThanOrEqual(2 * MOST_TRIES);
});

it('asks another broker in time where the first one hangs', async () => {
  const [first, second] = [await hangingBroker(), await hangingBroker()];

  await expect(announcing(first, second).announce(JOB, 'r')).rejects.toThrow('no answer');
  expect(second.clients.came).toBe(1);
});
