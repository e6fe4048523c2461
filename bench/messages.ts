// Messages: many listeners, and messages at a rate that does not wait: how long until each has each, and up to which rate that holds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from './app.ts';
import { figuresOf } from './load/child.ts';
import type { Figures } from './messages/load.ts';
import { processorMs } from './processor.ts';
import { publish } from './results.ts';
import { milliseconds, verdict } from './statistics.ts';

const LISTENERS = 200;
const RATE = 300;
const SECONDS = 60;
const WARM_UP_SECONDS = 10;
/** Rates of the climb, each for so long. */
const CLIMB = [50, 100, 200, 400, 600];
const CLIMB_SECONDS = 15;
const GOAL_MS = 50;

const { values } = parseArgs({ options: { listeners: { type: 'string', default: String(LISTENERS) } } });
const listeners = Number(values.listeners);

interface Round extends Figures {
  readonly listeners: number;
  readonly rate: number;
  readonly seconds: number;
  readonly processorMs: number;
}

const folder = mkdtempSync(join(tmpdir(), 'stackyard-messages-'));
try {
  const app = await startApp(join(folder, 'data'), ['--no-kafka']);
  const round = async (count: number, rate: number, seconds: number): Promise<Round> => {
    const before = processorMs(app.pid);
    const figures = await figuresOf<Figures>(join(import.meta.dirname, 'messages/load.ts'), [app.url, count, rate, seconds]);
    return { ...figures, listeners: count, rate, seconds, processorMs: processorMs(app.pid) - before };
  };
  try {
    await round(listeners, RATE, WARM_UP_SECONDS);
    const main = await round(listeners, RATE, SECONDS);
    const others = [await round(1, RATE, CLIMB_SECONDS), await round(25, RATE, CLIMB_SECONDS)];
    for (const rate of CLIMB) others.push(await round(listeners, rate, CLIMB_SECONDS));
    report(main, others);
  } finally {
    await app.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(main: Round, others: readonly Round[]): void {
  const all = [main, ...others];
  const held = all.filter(({ received, stored, listeners: count }) => count === listeners && Math.max(received.p99, stored.p99) <= GOAL_MS);
  const best = Math.max(0, ...held.map(({ rate }) => rate));
  publish('messages', {
    title: 'Messages, pushed live',
    method: `\`node bench/messages.ts\`. One process has the WebSocket clients and sends the messages (about 120 bytes of JSON each), at a rate that does not wait for answers; it shares the cores with the host and MariaDB. Latency: from the beginning of the POST to the frame, over all messages and clients. Every client checks that ids rise without a gap. After a warm-up of ${WARM_UP_SECONDS} s.`,
    columns: [
      'clients',
      'messages',
      'POST p50',
      'p99',
      'received p50',
      'p99',
      'stored p50',
      'p99',
      'slowest',
      'events a frame',
      'all there, once, in order',
      'processor time a message',
    ],
    rows: all.map((round) => [
      String(round.listeners),
      `${round.rate}/s for ${round.seconds} s`,
      milliseconds(round.post.p50),
      milliseconds(round.post.p99),
      milliseconds(round.received.p50),
      milliseconds(round.received.p99),
      milliseconds(round.stored.p50),
      milliseconds(round.stored.p99),
      milliseconds(round.stored.slowest),
      ((2 * round.accepted * round.listeners) / round.frames).toFixed(1),
      isWhole(round)
        ? 'yes'
        : `**no**: ${round.accepted} of ${round.sent} accepted, ${round.fewest} to ${round.most} got, ${round.disorders} out of order`,
      milliseconds(round.processorMs / round.accepted),
    ]),
    findings: [
      `${RATE}/s to ${listeners} clients: p99 ${milliseconds(main.received.p99)} to \`received\`, ${milliseconds(main.stored.p99)} to \`stored\`, ${verdict(`≤ ${GOAL_MS} ms`, Math.max(main.received.p99, main.stored.p99) <= GOAL_MS)}.`,
      best > 0
        ? `Highest rate here that holds it with ${listeners} clients: ${best}/s.`
        : `None of these rates holds it with ${listeners} clients.`,
      `No client missed a message, got one twice or out of order: ${all.every(isWhole) ? 'true of all rounds' : '**not true of all rounds**'}.`,
    ],
  });
}

function isWhole({ sent, accepted, fewest, most, disorders }: Round): boolean {
  return accepted === sent && fewest === accepted && most === accepted && disorders === 0;
}
