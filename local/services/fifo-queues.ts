// FIFO queues as SQS has them (S7). fauxqs gives one message of a group in a receive, and puts several that come back in reverse order.
import { randomUUID } from 'node:crypto';
import type { Message, Queue, Received } from './fauxqs-server.ts';

/** Changes fauxqs's queues in place; standard ones stay as they are. */
export function mendFifoQueues(queues: Queue): void {
  const { changeVisibility, dequeue, processTimers } = queues;
  const waiting = queues as unknown as { notifyWaiters(): void };
  const { notifyWaiters } = waiting;

  queues.dequeue = function (this: Queue, ...request) {
    return (this.isFifo() ? receive : dequeue).apply(this, request);
  };
  queues.changeVisibility = function (this: Queue, receiptHandle, seconds) {
    if (!this.isFifo() || seconds > 0) return changeVisibility.call(this, receiptHandle, seconds);
    const entry = this.inflightMessages.get(receiptHandle);
    if (!entry) return;
    this.persistence?.updateMessageReady(entry.message.messageId);
    comeBack(this, entry);
    waiting.notifyWaiters.call(this as unknown as typeof waiting);
  };
  queues.processTimers = function (this: Queue) {
    if (!this.isFifo()) return processTimers.call(this);
    const now = Date.now();
    for (const entry of this.inflightMessages.values()) if (entry.visibilityDeadline <= now) comeBack(this, entry);
    for (const [group, messages] of this.fifoDelayed) {
      for (let next = messages[0]; next && (next.delayUntil ?? 0) <= now; next = messages[0]) {
        messages.shift();
        putInPlace(this, next);
      }
      if (messages.length === 0) this.fifoDelayed.delete(group);
    }
    waiting.notifyWaiters.call(this as unknown as typeof waiting);
  };
  /** Who waits is woken only for what it can get: a long poll that is woken for nothing answers that there is nothing. */
  waiting.notifyWaiters = function (this: typeof waiting) {
    const queue = this as unknown as Queue;
    if (!queue.isFifo() || hasAvailable(queue)) notifyWaiters.call(this);
  };
}

/** Up to ten, of each group that is not locked as many as there are; what is taken locks its group. */
function receive(this: Queue, ...[maxCount, timeoutSeconds, queueOf]: Parameters<Queue['dequeue']>): Received[] {
  this.processTimers();
  const { maxReceiveCount = Number.POSITIVE_INFINITY, deadLetterTargetArn } = JSON.parse(this.attributes.RedrivePolicy || '{}');
  const deadLetters = deadLetterTargetArn && queueOf?.(deadLetterTargetArn);
  const visibilityDeadline = Date.now() + (timeoutSeconds ?? Number(this.attributes.VisibilityTimeout)) * 1000;
  const received: Received[] = [];
  const room = () => received.length < Math.min(maxCount, 10);
  for (const [group, messages] of this.fifoMessages) {
    if (!room()) break;
    if (this.fifoLockedGroups.has(group)) continue;
    while (room()) {
      const message = messages.shift();
      if (!message) break;
      message.approximateReceiveCount++;
      if (deadLetters && message.approximateReceiveCount > maxReceiveCount) bury(message, this, deadLetters);
      else {
        received.push(handOut(message, this, visibilityDeadline));
        this.fifoLockedGroups.set(group, (this.fifoLockedGroups.get(group) ?? 0) + 1);
      }
    }
    // To the end of the line, so that a group that never runs dry does not keep the others waiting.
    this.fifoMessages.delete(group);
    if (messages.length > 0) this.fifoMessages.set(group, messages);
  }
  return received;
}

function hasAvailable({ fifoMessages, fifoLockedGroups }: Queue): boolean {
  for (const group of fifoMessages.keys()) if (!fifoLockedGroups.has(group)) return true;
  return false;
}

function handOut(message: Message, queue: Queue, visibilityDeadline: number): Received {
  const receiptHandle = randomUUID();
  message.approximateFirstReceiveTimestamp ??= Date.now();
  queue.inflightMessages.set(receiptHandle, { message, receiptHandle, visibilityDeadline });
  const { messageId, approximateReceiveCount, approximateFirstReceiveTimestamp, md5OfMessageAttributes, messageAttributes } = message;
  queue.persistence?.updateMessageInflight(
    messageId,
    receiptHandle,
    visibilityDeadline,
    approximateReceiveCount,
    approximateFirstReceiveTimestamp,
  );
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(md5OfMessageAttributes && { MD5OfMessageAttributes: md5OfMessageAttributes }),
    ...(Object.keys(messageAttributes).length > 0 && { MessageAttributes: messageAttributes }),
  };
}

/** A dead-letter queue counts for itself, so that its groups are in the order in which messages got there. */
function bury(message: Message, queue: Queue, deadLetters: Queue): void {
  queue.persistence?.deleteMessage(message.messageId);
  if (deadLetters.isFifo()) message.sequenceNumber = deadLetters.nextSequenceNumber();
  deadLetters.enqueue(message);
}

/** Its group is free once nothing of it is in flight. */
function comeBack(queue: Queue, { message, receiptHandle }: { readonly message: Message; readonly receiptHandle: string }): void {
  queue.inflightMessages.delete(receiptHandle);
  const group = groupOf(message);
  const inFlight = (queue.fifoLockedGroups.get(group) ?? 1) - 1;
  if (inFlight > 0) queue.fifoLockedGroups.set(group, inFlight);
  else queue.fifoLockedGroups.delete(group);
  putInPlace(queue, message);
}

/** Before the first younger one of its group, which is soon found: what comes back is older than what waits. */
function putInPlace(queue: Queue, message: Message): void {
  const messages = queue.fifoMessages.get(groupOf(message)) ?? [];
  const younger = messages.findIndex(({ sequenceNumber = '' }) => sequenceNumber > (message.sequenceNumber ?? ''));
  messages.splice(younger === -1 ? messages.length : younger, 0, message);
  queue.fifoMessages.set(groupOf(message), messages);
}

/** SQS does not take a message without a group into a FIFO queue. */
const groupOf = ({ messageGroupId = '' }: Message): string => messageGroupId;
