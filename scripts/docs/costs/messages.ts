// What a million messages cost, by the number of those who listen: every listener gets every message twice, received and stored.
import { SINGLE_FRAMES } from '../../../functions/messages/live/frames.ts';
import { SOCKETS } from '../../../functions/messages/live/poster.ts';
import type { Line } from './line.ts';
import type { Measured } from './measured.ts';
import type { Place } from './place.ts';
import { prices } from './prices.ts';
import type { SystemCost } from './systems.ts';
import { each, gigabytes, invoke, POST_BYTES, rest, toQueues, upload } from './usage.ts';

/** As the bench sends. */
const MESSAGE_BYTES = 120;
/** An event of the stream with such a message. */
const EVENT_BYTES = 350;

export interface Pace {
  readonly title: string;
  /** Messages in a batch of a queue. */
  readonly batch: number;
}

/** Slowly, one by one; or so fast that every batch of the queues is full. */
export const paces: readonly Pace[] = [
  { title: 'one at a time', batch: 1 },
  { title: 'in batches of ten', batch: 10 },
];

/** Per message: invocations, requests of the queues, looks at the stream's position, frames to one listener. */
export function traffic(batch: number, listeners: number) {
  const announcements = 1 / batch;
  // A receipt of each message besides.
  const pushesSent = 1 + announcements;
  const pushBatches = pushesSent / batch;
  // A message is two events, so a batch of pushes holds this many.
  const eventsInBatch = 2 / pushBatches;
  const isSingle = eventsInBatch * listeners <= SINGLE_FRAMES;
  return {
    consumers: 1 / batch,
    pushes: pushBatches,
    // Only what was stored moves the stream: a batch of nothing but receipts looks where it is.
    positionWrites: announcements,
    positionReads: pushBatches - announcements,
    // Of each queue: sends, and a receive and a delete a batch.
    queueRequests: 1 + 2 / batch + pushesSent + 2 * pushBatches,
    queueSends: 1 + pushesSent,
    framesToOne: isSingle ? 2 : pushBatches,
  };
}

export function messages(place: Place, { message }: Measured, listeners: number, { title, batch }: Pace): SystemCost {
  const { consumers, pushes, positionWrites, positionReads, queueRequests, queueSends, framesToOne } = traffic(batch, listeners);
  const frames = framesToOne * listeners;
  // The bench has one listener and no batches to speak of: its time is of four invocations.
  const processorMs = message / 4;
  // Posts of a batch go side by side, one on each socket.
  const posts = Math.ceil(frames / pushes / SOCKETS);
  const lines: Line[] = [
    ...rest(place),
    upload(MESSAGE_BYTES),
    ...invoke(place, [
      { entry: 'messages/api', times: 1, processorMs, roundTrips: 2 },
      { entry: 'messages/consumer', times: consumers, processorMs, roundTrips: 4 },
      { entry: 'messages/push', times: pushes, processorMs, roundTrips: 2 + posts, metricsLines: positionWrites / pushes },
    ]),
    ...each('SQS FIFO: sends, receives, deletes', queueRequests, prices.fifoRequest),
    ...each('DynamoDB: position of the stream, moved', positionWrites, prices.tableWrite),
    ...each('DynamoDB: position of the stream, read', positionReads, prices.tableRead),
    ...each('frames to listeners', frames, prices.liveMessage),
    { what: 'bytes to listeners', quantities: [gigabytes(2 * listeners, EVENT_BYTES)], price: prices.edgeData },
    ...toQueues(place, queueSends),
    {
      what: 'NAT gateway, frames',
      quantities: [gigabytes(1, frames * POST_BYTES + 2 * listeners * EVENT_BYTES)],
      price: prices.natGatewayData,
    },
  ];
  return {
    title: `${title}, ${listeners} ${listeners === 1 ? 'listener' : 'listeners'}`,
    story: '',
    lines,
  };
}
