// A burst of pictures, and how long until all of them are resized: partitions of the topic, pollers, environments.
//
// A partition gives one batch at a time, in order; a queue gives up to `maxConcurrency` batches. A batch is over when its last picture is.
import { random } from './random.ts';
import { station } from './station.ts';
import { arrivals, timeline } from './timeline.ts';

export interface PicturesBurst {
  readonly pictures: number;
  readonly perSecond: number;
  readonly transport:
    | { readonly kind: 'kafka'; readonly partitions: number; readonly minimumPollers: number; readonly maximumPollers: number }
    | { readonly kind: 'sqs'; readonly maxConcurrency: number };
}

export interface PicturesResult {
  readonly arrived: number;
  readonly done: number;
  /** Most that waited or were being resized at once. */
  readonly lag: number;
  /** Seconds from the last arrival until nothing was left. */
  readonly drain: number;
  /** Seconds from a picture's arrival to its result, for the slowest one in a hundred. */
  readonly p99: number;
  /** Batches under way at once, at most. */
  readonly environments: number;
}

export const assumed = {
  /** BATCH_SIZE in lib/systems/picture-jobs.ts. */
  batch: 10,
  /** Side by side in an environment: processors and one more (functions/pictures/consumer.handler.ts). 3,008 MB are 1.7 processors, told as 2. */
  sideBySide: 3,
  processors: 2,
  /** Processor time of a photo of 1600x1200 to 400x300 (bench/results.md, pictures, bare): 16 ms, on 1.7 of 2 processors 19 ms. */
  resizeMs: 19,
  /** Object of half a megabyte read, and a small one written. Not measured. */
  readMs: 30,
  writeMs: 40,
  /** Found, begun, finished: three statements. Not measured. */
  databaseMs: 12,
  /** Spread of the four times above, as the sigma of a lognormal. Not measured. */
  spread: 0.4,
  /** From the end of a batch to the beginning of the next. Not measured. */
  betweenMs: 20,
  /** A poller of Kafka holds so many invocations. */
  invocationsOfAPoller: 5,
  /** More pollers come within a minute. Not measured. */
  pollersAfterMs: 60_000,
} as const;

/** A partition, or the queue: times of arrival, of which those before `first` are taken. */
interface Lane {
  readonly waiting: number[];
  first: number;
  underWay: number;
}

const left = ({ waiting, first }: Lane) => waiting.length - first;

export function simulatePictures({ pictures, perSecond, transport }: PicturesBurst, seed: number): PicturesResult {
  const time = timeline();
  const chance = random(seed);
  const lanes: Lane[] = Array.from({ length: transport.kind === 'kafka' ? transport.partitions : 1 }, () => ({
    waiting: [],
    first: 0,
    underWay: 0,
  }));
  const ofALane = transport.kind === 'kafka' ? 1 : transport.maxConcurrency;
  const stays: number[] = [];
  let arrived = 0;
  let lastAt = 0;
  let lastDoneAt = 0;
  let lag = 0;
  let underWay = 0;
  let environments = 0;

  function allowed(): number {
    if (transport.kind === 'sqs') return transport.maxConcurrency;
    const pollers = time.now < assumed.pollersAfterMs ? transport.minimumPollers : transport.maximumPollers;
    return pollers * assumed.invocationsOfAPoller;
  }

  /** One batch of a lane, where lane and pollers have room for it. */
  function begin(lane: Lane): boolean {
    if (lane.underWay >= ofALane || lane.first >= lane.waiting.length || underWay >= allowed()) return false;
    const batch = lane.waiting.slice(lane.first, lane.first + assumed.batch);
    lane.first += batch.length;
    lane.underWay += 1;
    underWay += 1;
    environments = Math.max(environments, underWay);
    resizeAll(batch, () =>
      time.after(assumed.betweenMs, () => {
        lane.underWay -= 1;
        underWay -= 1;
        serve();
      }),
    );
    return true;
  }

  /** The longest line first: a poller reads what has most to give. */
  function serve(): void {
    for (;;) {
      const free = lanes.filter(({ underWay: busy }) => busy < ofALane);
      const longest = free.reduce<Lane | undefined>((most, lane) => (most && left(most) >= left(lane) ? most : lane), undefined);
      if (!longest || !begin(longest)) return;
    }
  }

  function resizeAll(batch: readonly number[], over: () => void): void {
    const processors = station(time, assumed.processors);
    const places = station(time, assumed.sideBySide);
    const spread = (median: number) => chance.lognormal(median, assumed.spread);
    let open = batch.length;
    for (const arrivedAt of batch)
      places.enter(() =>
        time.after(spread(assumed.readMs) + spread(assumed.databaseMs), () =>
          processors.enter(() =>
            time.after(spread(assumed.resizeMs), () => {
              processors.leave();
              time.after(spread(assumed.writeMs), () => {
                places.leave();
                stays.push(time.now - arrivedAt);
                lastDoneAt = time.now;
                open -= 1;
                if (open === 0) over();
              });
            }),
          ),
        ),
      );
  }

  const gap = () => (arrived < pictures ? chance.exponential(1000 / perSecond) : Number.POSITIVE_INFINITY);
  arrivals(time, gap, Number.MAX_VALUE, () => {
    // The key is the picture's id, which is random: so is its partition.
    const lane = lanes[Math.floor(chance.uniform() * lanes.length)] as Lane;
    lane.waiting.push(time.now);
    arrived += 1;
    lastAt = time.now;
    lag = Math.max(lag, arrived - stays.length);
    begin(lane);
  });
  // More pollers find work without another arrival.
  time.after(assumed.pollersAfterMs, serve);
  time.run();
  stays.sort((a, b) => a - b);
  return {
    arrived,
    done: stays.length,
    lag,
    drain: (lastDoneAt - lastAt) / 1000,
    p99: (stays[Math.ceil(0.99 * stays.length) - 1] ?? Number.NaN) / 1000,
    environments,
  };
}
