// What the host adds to a warm invoke: a request through the REST gateway to a handler that answers a constant, and back.
import { latencies, rate } from './client.ts';
import { publish } from './results.ts';
import { type Served, serve } from './servers/serve.ts';
import { median, milliseconds, percentile, perSecond, verdict } from './statistics.ts';

const WARM_UP = 1000;
const ROUNDS = 5;
const REQUESTS = 1000;
const CLIENTS = 16;
const SECONDS = 3;

interface Candidate {
  readonly name: string;
  readonly server: Served;
  readonly times: number[];
  readonly rates: number[];
}

const candidate = (name: string, server: Served): Candidate => ({ name, server, times: [], rates: [] });

const bare = candidate('bare node:http', await serve('bare-constant.ts'));
const shared = candidate('host, 16 events per environment', await serve('hosted-constant.ts', '16'));
const strict = candidate('host, 1 event per environment', await serve('hosted-constant.ts', '1'));
const all = [bare, shared, strict];

// They take turns, so that a slow moment of the machine meets all of them.
for (const { server } of all) await latencies(server.url, WARM_UP);
for (let round = 0; round < ROUNDS; round++) {
  for (const { server, times } of all) times.push(...(await latencies(server.url, REQUESTS)));
}
for (const { server } of all) await rate(server.url, CLIENTS, 1);
for (let round = 0; round < ROUNDS; round++) {
  for (const { server, rates } of all) rates.push(await rate(server.url, CLIENTS, SECONDS));
}
await Promise.all(all.map(({ server }) => server.stop()));

const p50 = median(shared.times);
const p99 = percentile(shared.times, 0.99);
publish('invoke', {
  title: 'Warm invoke',
  method: `\`node bench/invoke.ts\`. The client, the host and the bare server are processes of their own on the same cores. Latency: one client on one connection, ${REQUESTS * ROUNDS} requests each after ${WARM_UP} to warm up, in ${ROUNDS} rounds that take turns. Rate: ${CLIENTS} clients (wrk) for ${SECONDS} s, the median of ${ROUNDS} rounds that take turns.`,
  columns: ['server', 'p50', 'p99', 'slowest', `rate, ${CLIENTS} clients`, 'of the bare rate'],
  rows: all.map(({ name, times, rates }) => [
    name,
    milliseconds(median(times)),
    milliseconds(percentile(times, 0.99)),
    milliseconds(Math.max(...times)),
    perSecond(median(rates)),
    (median(rates) / median(bare.rates)).toFixed(2),
  ]),
  findings: [
    `p50 ${milliseconds(p50)}, ${verdict('< 1 ms', p50 < 1)}; p99 ${milliseconds(p99)}, ${verdict('< 5 ms', p99 < 5)}.`,
    `The host adds ${milliseconds(p50 - median(bare.times))} to the bare server's p50.`,
  ],
});
