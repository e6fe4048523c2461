// From a POST to the frame in every listener: intake, inbox, consumer, pushes, posts. Inbox and pushes are one message group each.
import { Histogram } from '../messages/histogram.ts';
import { batches } from './batches.ts';
import { type Bucket, bucket } from './bucket.ts';
import { type Posting, type Told, tell } from './posting.ts';
import { random } from './random.ts';
import { arrivals, timeline } from './timeline.ts';

export interface Platform extends Omit<Posting, 'listeners'> {
  /** Messages that one environment's intake sends together: where events come one by one, 1. */
  readonly together: number;
  readonly intakeMs: number;
  /** The consumer's transaction and announcement. */
  readonly storeMs: number;
  /** What a batch of pushes takes besides its posts: the stream's item, the last id. */
  readonly batchMs: number;
  /** From the end of a batch to the beginning of the next. */
  readonly betweenMs: number;
  /** Calls a second and action that a message group takes; posts a second of the account. */
  readonly sendsPerSecond?: number;
  readonly posts?: { readonly perSecond: number; readonly burst: number };
}

export interface Load {
  readonly listeners: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** How long it goes on after the last message. Without it what is late is not waited for: that would hide that a rate is too high. */
  readonly quietSeconds?: number;
}

export interface FanOutResult extends Told {
  readonly arrived: number;
  /** POSTs that the queue refused. */
  readonly refused: number;
  readonly toldOf: number;
  /** In the inbox and in the log of what is stored, at the end. */
  readonly waiting: number;
  /** The longest batch of pushes, its posts included; the function has 5 s. */
  readonly longestMs: number;
  /** Milliseconds from the POST to the frame. */
  readonly received: { readonly p50: number; readonly p99: number };
  readonly stored: { readonly p50: number; readonly p99: number };
  readonly eventsAFrame: number;
  readonly postsPerSecond: number;
}

interface Message {
  readonly at: number;
  isStored: boolean;
  isHeardOf: boolean;
}
type Push = { readonly kind: 'received' | 'stored'; readonly messages: readonly Message[] };

const BATCH = 10;

export function simulateFanOut(platform: Platform, { listeners, perSecond, seconds, quietSeconds = 0 }: Load, seed: number): FanOutResult {
  const time = timeline();
  const chance = random(seed);
  const limit = () => (platform.sendsPerSecond ? bucket(time, platform.sendsPerSecond, platform.sendsPerSecond) : undefined);
  const [inboxSends, pushSends] = [limit(), limit()];
  const postQuota = platform.posts && bucket(time, platform.posts.perSecond, platform.posts.burst);
  const [received, stored] = [new Histogram(), new Histogram()];
  const told: Told = { posts: 0, throttled: 0, closed: 0 };
  /** Of many listeners fifty, from the first to the last that is told, stand for all: the times of the others lie between. */
  const every = Math.ceil(listeners / 50);
  /** In the order of their ids. */
  const log: Message[] = [];
  let position = 0;
  let arrived = 0;
  let refused = 0;
  let longestMs = 0;
  let eventsPosted = 0;

  const intake = batches<Message>(time, { size: BATCH, betweenMs: 0 }, (batch, over) =>
    time.after(platform.intakeMs, () => {
      accept(batch);
      over();
    }),
  );

  function accept(batch: readonly Message[]): void {
    if (inboxSends && !inboxSends.take()) {
      refused += batch.length;
      return;
    }
    for (const message of batch) inbox.put(message);
    // A receipt that the queue refuses is left out: listeners hear of it with the storage.
    if (!pushSends || pushSends.take()) pushes.put({ kind: 'received', messages: batch });
  }

  const inbox = batches<Message>(time, { size: BATCH, betweenMs: platform.betweenMs }, (batch, over) =>
    time.after(platform.storeMs, () => {
      for (const message of batch) message.isStored = true;
      log.push(...batch);
      patiently(pushSends, () => {
        pushes.put({ kind: 'stored', messages: batch });
        over();
      });
    }),
  );

  /** The SDK tries throttled calls again. */
  function patiently(sends: Bucket | undefined, send: () => void): void {
    if (!sends || sends.take()) send();
    else time.after(sends.wait, () => patiently(sends, send));
  }

  const pushes = batches<Push>(time, { size: BATCH, betweenMs: platform.betweenMs }, (batch, over) =>
    time.after(platform.batchMs, () => serve(batch, over)),
  );

  function serve(batch: readonly Push[], over: () => void): void {
    // Behind a full batch wait others: whatever is stored by now is told at once.
    const isFull = batch.length >= BATCH;
    const target = isFull ? log.length : Math.max(position, ...batch.flatMap((push) => (push.kind === 'stored' ? [placeAfter(push)] : [])));
    const news = log.slice(position, target);
    position = target;
    // A receipt goes with the storage where that was announced sooner, and is told once.
    const mentioned = new Set([...batch.flatMap((push) => (push.kind === 'received' ? push.messages : [])), ...news]);
    const receipts = [...mentioned].filter(({ isHeardOf }) => !isHeardOf);
    for (const message of receipts) message.isHeardOf = true;
    const events = receipts.length + news.length;
    if (events === 0) {
      over();
      return;
    }
    eventsPosted += events * listeners;
    let ears = 0;
    const heard = () => {
      if (ears++ % every !== 0) return;
      for (const { at } of receipts) received.add(time.now - at);
      for (const { at } of news) stored.add(time.now - at);
    };
    const beganAt = time.now - platform.batchMs;
    tell(time, chance, { ...platform, listeners }, postQuota, events, told, heard, () => {
      longestMs = Math.max(longestMs, time.now - beganAt);
      over();
    });
  }

  const placeAfter = ({ messages }: Push): number => log.lastIndexOf(messages.at(-1) as Message) + 1;

  arrivals(
    time,
    () => chance.exponential(1000 / perSecond),
    seconds * 1000,
    () => {
      const message: Message = { at: time.now, isStored: false, isHeardOf: false };
      arrived += 1;
      if (platform.together > 1) intake.put(message);
      else time.after(platform.intakeMs, () => accept([message]));
    },
  );
  time.run((seconds + quietSeconds) * 1000);
  const ofBoth = (histogram: Histogram) => ({ p50: histogram.percentile(0.5), p99: histogram.percentile(0.99) });
  return {
    ...told,
    arrived,
    refused,
    toldOf: position,
    waiting: inbox.waiting + log.length - position,
    longestMs,
    received: ofBoth(received),
    stored: ofBoth(stored),
    eventsAFrame: eventsPosted / told.posts,
    postsPerSecond: told.posts / seconds,
  };
}
