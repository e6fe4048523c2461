// What the live stream runs on: AWS as its documents tell it, and this machine as bench/results.md has measured it.
import { SOCKETS } from '../../functions/messages/live/poster.ts';
import type { Platform } from './fan-out.ts';

/** Times of AWS are assumptions: nothing of this has run there. Quotas are documented: docs/scale.md. */
export const onAws = (sockets: number): Platform => ({
  // Events come one by one, so an environment never has a second message to send with the first.
  together: 1,
  // Two calls of SQS, and the way through API Gateway and Lambda.
  intakeMs: 20,
  // A transaction of five statements, one call of SQS, the journal.
  storeMs: 25,
  // One call of DynamoDB, one or two statements.
  batchMs: 15,
  // Lambda's poller deletes a batch and receives the next.
  betweenMs: 20,
  sockets,
  postMs: 10,
  spread: 0.3,
  sendsPerSecond: 300,
  posts: { perSecond: 10_000, burst: 5_000 },
});

/** As many posts at once as the stream has sockets, and ten times as many. */
export const AT_ONCE = [SOCKETS, 10 * SOCKETS] as const;

/** The embedded host, its times fitted to one client at 300/s (bench/results.md, messages); a post is 83 µs of processor time (posts). */
export const onThisMachine: Platform = {
  together: 10,
  intakeMs: 8.5,
  storeMs: 2.5,
  batchMs: 1,
  betweenMs: 0.5,
  sockets: 1,
  postMs: 0.083,
  spread: 0,
};

/** Medians and 99th percentiles in milliseconds: bench/results.md, messages, as of 2026-11-21. */
export const measured = [
  { listeners: 1, perSecond: 300, received: [14, 51], stored: [18, 54], eventsAFrame: 1 },
  { listeners: 25, perSecond: 300, received: [18, 50], stored: [23, 57], eventsAFrame: 4.6 },
  { listeners: 200, perSecond: 100, received: [31, 96], stored: [37, 106], eventsAFrame: 4.8 },
  { listeners: 200, perSecond: 300, received: [41, 97], stored: [47, 107], eventsAFrame: 15.7 },
  { listeners: 200, perSecond: 600, received: [53, 156], stored: [62, 184], eventsAFrame: 39.7 },
] as const;
