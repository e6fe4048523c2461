// The tables of docs/scale.md: each row is five runs, and each number the least and the most that they gave.
import { type Burst, simulateBurst } from './connections.ts';
import { waitMs } from './erlang.ts';
import { simulateFanOut } from './fan-out.ts';
import { type PicturesBurst, simulatePictures } from './pictures.ts';
import { AT_ONCE, measured, onAws, onThisMachine } from './platforms.ts';
import { simulateQueue } from './queue.ts';
import { count, ms, percent, range, seconds, type Table } from './table.ts';

/** The first of five. */
export const SEED = 1;
const RUNS = 5;

/** @param first seed of the first run; the others have those that follow it */
export function tables(first: number): Table[] {
  const seeds = Array.from({ length: RUNS }, (_, run) => first + run);
  return [connections, pictures, fanOut, mostMessages, againstMeasured, againstErlang].map((table) => table(seeds));
}

/** A cell of a row: what the runs have in common in the words of `format`. */
const cells =
  <Result>(results: readonly Result[]) =>
  (value: (result: Result) => number, format: (value: number) => string) =>
    range(results.map(value), format);

/** {DBInstanceClassMemory/12582880} of 1, 4 and 8 GiB, of which RDS takes some more away. */
const SIZES = { micro: 85, medium: 341, large: 682 } as const;

function connections(seeds: readonly number[]): Table {
  // At 10,000/s the line is as long after two seconds as after five.
  const rates = [
    [100, 5],
    [1_000, 5],
    [10_000, 2],
  ] as const;
  const bursts: (readonly [string, Burst])[] = rates.flatMap(([perSecond, seconds]) => [
    ...Object.entries(SIZES).map(
      ([size, connections]) => [`${connections} (${size})`, { connections, proxy: false, perSecond, seconds }] as const,
    ),
    [`${SIZES.micro} (micro) behind a proxy`, { connections: SIZES.micro, proxy: true, perSecond, seconds }] as const,
  ]);
  const ready = { connections: SIZES.micro, proxy: false, perSecond: 1_000, seconds: 5, ready: 20 };
  bursts.push([`${SIZES.micro} (micro), 20 environments kept ready`, ready]);
  return {
    name: 'connections',
    columns: [
      'connections',
      'burst',
      'environments',
      'busy at once',
      'refused for good',
      'tries without a connection',
      'tries throttled',
      'p50',
      'p99',
    ],
    rows: bursts.map(([name, burst]) => {
      const cell = cells(seeds.map((seed) => simulateBurst(burst, seed)));
      return [
        name,
        `${count(burst.perSecond)}/s for ${burst.seconds} s`,
        cell(({ environments }) => environments, count),
        cell(({ mostBusy }) => mostBusy, count),
        cell(({ refused, arrived }) => refused / arrived, percent),
        cell(({ withoutConnection }) => withoutConnection, count),
        cell(({ throttled }) => throttled, count),
        cell(({ p50 }) => p50, ms),
        cell(({ p99 }) => p99, ms),
      ];
    }),
  };
}

function pictures(seeds: readonly number[]): Table {
  const kafka = (partitions: number, minimumPollers = 1, maximumPollers = 4) =>
    ({ kind: 'kafka', partitions, minimumPollers, maximumPollers }) as const;
  const sqs = (maxConcurrency: number) => ({ kind: 'sqs', maxConcurrency }) as const;
  const minute = (perSecond: number, transport: PicturesBurst['transport']): PicturesBurst => ({
    pictures: 60 * perSecond,
    perSecond,
    transport,
  });
  const bursts = [
    ...[1, 10, 100].flatMap((rate) => [minute(rate, kafka(4)), minute(rate, sqs(4))]),
    minute(100, kafka(8)),
    ...[kafka(4), sqs(4), kafka(64), kafka(64, 1, 16), kafka(64, 16, 16), sqs(50)].map((transport) => minute(1_000, transport)),
  ];
  return {
    name: 'pictures',
    columns: ['pictures', 'transport', 'environments', 'most lag', 'p99 until done', 'empty again after'],
    rows: bursts.map((burst) => {
      // Sixty thousand pictures are many enough for one run.
      const runs = burst.perSecond < 1_000 ? seeds : seeds.slice(0, 1);
      const cell = cells(runs.map((seed) => simulatePictures(burst, seed)));
      const { transport } = burst;
      const name =
        transport.kind === 'sqs'
          ? `SQS, at most ${transport.maxConcurrency} at once`
          : `${transport.partitions} partitions, ${transport.minimumPollers} to ${transport.maximumPollers} pollers`;
      return [
        `${count(burst.perSecond)}/s for 60 s`,
        name,
        cell(({ environments }) => environments, count),
        cell(({ lag }) => lag, count),
        cell(({ p99 }) => p99, seconds),
        cell(({ drain }) => drain, seconds),
      ];
    }),
  };
}

const perSecond = (rate: number) => `${count(rate)}/s`;

function fanOut(seeds: readonly number[]): Table {
  const loads = [1, 10, 100, 1_000].map((factor) => ({ listeners: 50 * factor, perSecond: factor, seconds: 10 }));
  return {
    name: 'fan-out',
    columns: ['listeners', 'messages', 'posts at once', 'told', '`stored` p50', 'p99', 'posts', 'longest batch', 'connections closed'],
    rows: loads.flatMap((load) =>
      AT_ONCE.map((sockets) => {
        const cell = cells(seeds.map((seed) => simulateFanOut(onAws(sockets), load, seed)));
        return [
          count(load.listeners),
          `${count(load.perSecond)}/s`,
          String(sockets),
          cell(({ toldOf, arrived }) => toldOf / arrived, percent),
          cell(({ stored }) => stored.p50, ms),
          cell(({ stored }) => stored.p99, ms),
          cell(({ postsPerSecond }) => postsPerSecond, perSecond),
          cell(
            ({ longestMs }) => longestMs,
            (longest) => (longest === 0 ? 'not over in 10 s' : ms(longest)),
          ),
          cell(({ closed }) => closed, count),
        ];
      }),
    ),
  };
}

function mostMessages(seeds: readonly number[]): Table {
  const offered = { perSecond: 1_000, seconds: 5 };
  const most = (sockets: number, listeners: number) =>
    range(
      seeds.map((seed) => simulateFanOut(onAws(sockets), { ...offered, listeners }, seed).toldOf / offered.seconds),
      perSecond,
    );
  return {
    name: 'most-messages',
    columns: ['listeners', ...AT_ONCE.map((sockets) => `told, ${sockets} posts at once`)],
    rows: [1, 10, 100, 1_000, 5_000].map((listeners) => [count(listeners), ...AT_ONCE.map((sockets) => most(sockets, listeners))]),
  };
}

function againstMeasured(seeds: readonly number[]): Table {
  return {
    name: 'against-measured',
    columns: ['clients', 'messages', '`received` p50', 'p99', '`stored` p50', 'p99', 'events a frame'],
    rows: measured.map(({ listeners, perSecond, received, stored, eventsAFrame }) => {
      const cell = cells(seeds.map((seed) => simulateFanOut(onThisMachine, { listeners, perSecond, seconds: 15 }, seed)));
      const pair = (kind: 'received' | 'stored', percentile: 'p50' | 'p99', real: number) =>
        `${cell((result) => result[kind][percentile], count)} / ${real} ms`;
      return [
        count(listeners),
        `${perSecond}/s`,
        pair('received', 'p50', received[0]),
        pair('received', 'p99', received[1]),
        pair('stored', 'p50', stored[0]),
        pair('stored', 'p99', stored[1]),
        `${cell((result) => result.eventsAFrame, oneDigit)} / ${oneDigit(eventsAFrame)}`,
      ];
    }),
  };
}

/** Arrivals a second, milliseconds of service, servers: busy to a half and to nine tenths. */
export const SOLVED = [
  [90, 10, 1],
  [100, 10, 2],
  [180, 10, 2],
  [720, 10, 8],
] as const;

const oneDigit = (value: number) => value.toFixed(1);

/** Seconds of a run: the mean of a line that is busy to nine tenths needs many arrivals. */
const LINE_SECONDS = 120;

function againstErlang(seeds: readonly number[]): Table {
  return {
    name: 'against-erlang',
    columns: ['servers', 'arrivals', 'service', 'mean wait, simulated', "by Erlang's C", 'present, simulated', "by Little's law"],
    rows: SOLVED.map(([perSecond, serviceMs, servers]) => {
      const cell = cells(seeds.map((seed) => simulateQueue(perSecond, serviceMs, servers, LINE_SECONDS, seed)));
      return [
        String(servers),
        `${perSecond}/s`,
        `${serviceMs} ms`,
        cell(({ waitMs: wait }) => wait, ms),
        ms(waitMs(perSecond, serviceMs, servers)),
        cell(({ present }) => present, oneDigit),
        cell(({ arrived, seconds: length, stayMs }) => ((arrived / length) * stayMs) / 1000, oneDigit),
      ];
    }),
  };
}
