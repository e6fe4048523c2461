// One round: listeners, and messages at a rate that does not wait for answers. Prints its figures as JSON.
// Arguments: url, listeners, messages a second, seconds.
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Histogram } from './histogram.ts';
import { Listeners } from './listeners.ts';

export interface Figures {
  readonly sent: number;
  readonly accepted: number;
  /** Milliseconds of the POSTs. */
  readonly post: Latencies;
  /** Milliseconds from the beginning of the POST to the frame, over all clients. */
  readonly received: Latencies;
  readonly stored: Latencies;
  /** Stored messages of the client that got fewest, and most. */
  readonly fewest: number;
  readonly most: number;
  readonly disorders: number;
  readonly frames: number;
  /** Milliseconds that this process itself was late: its part of the latencies. */
  readonly late: Latencies;
}

export interface Latencies {
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
}

const [url = '', clients = '200', rate = '300', seconds = '60'] = process.argv.slice(2);
const TICK_MS = 5;
const LIVE_MS = 2_000;
const PATIENCE_MS = 20_000;
const run = `${process.pid}-${Date.now()}`;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const listeners = new Listeners(run);
const posts = new Histogram();
let accepted = 0;

function post(): Promise<void> {
  const sentAt = performance.now();
  const body = JSON.stringify({ run, sentAt, text: 'a message of a usual size, with some words in it' });
  return new Promise((resolve) => {
    const sent = request(
      `${url}/endpoint/`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } },
      (response) => {
        if (response.statusCode === 200) accepted += 1;
        response.resume().once('end', () => {
          posts.add(performance.now() - sentAt);
          resolve();
        });
      },
    );
    sent.once('error', () => resolve()).end(body);
  });
}

async function until(condition: () => boolean, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (!condition() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}

await listeners.connect(url, Number(clients));
// A connection that does not resume is live after half a second.
await new Promise((resolve) => setTimeout(resolve, LIVE_MS));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const total = Number(rate) * Number(seconds);
const all: Promise<void>[] = [];
const began = performance.now();
while (all.length < total) {
  const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * Number(rate)));
  while (all.length < due) all.push(post());
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
await Promise.all(all);
await until(() => listeners.fewest >= accepted, PATIENCE_MS);
const latencies = (histogram: Histogram): Latencies => ({
  p50: histogram.percentile(0.5),
  p99: histogram.percentile(0.99),
  slowest: histogram.percentile(1),
});
const figures: Figures = {
  sent: total,
  accepted,
  post: latencies(posts),
  received: latencies(listeners.received),
  stored: latencies(listeners.stored),
  fewest: listeners.fewest,
  most: listeners.most,
  disorders: listeners.disorders,
  frames: listeners.frames,
  late: { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, slowest: delay.max / 1e6 },
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
listeners.close();
agent.destroy();
