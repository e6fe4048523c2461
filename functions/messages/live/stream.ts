// The live stream: what connections are told, in one order. Its queue is one message group, so one batch at a time is handled, whatever the number of
// environments: whoever handles it is the only one that posts messages. It writes its name into the table first, so that an environment that served before
// knows that its memory is old. The rule: on one connection the ids of stored messages only rise, without a
// gap — or the connection is closed, and its client comes back and asks to resume.
import { randomUUID } from 'node:crypto';
import { log } from '../../shared/logging.ts';
import type { Message, StoredMessage } from '../message.ts';
import type { MessageRepository } from '../repository.ts';
import { receivedEvent, storedEvent } from './event.ts';
import { pieceOfHistory } from './history.ts';
import { type Listener, type Listeners, reconcile } from './listeners.ts';
import type { Poster } from './poster.ts';
import type { Push } from './pushes.ts';
import { receipts } from './receipts.ts';
import type { Move, Registry, StreamRecord } from './registry.ts';
import { requests } from './requests.ts';
import { type Event, tell } from './telling.ts';

export interface Dependencies {
  readonly messages: Pick<MessageRepository, 'read' | 'last'>;
  readonly registry: Registry;
  readonly poster: Poster;
  readonly askAgain: Parameters<typeof requests>[0]['askAgain'];
  readonly clock: () => number;
}

export interface Delivered {
  /** Of the queue's message. */
  readonly id: string;
  readonly push: Push;
  /** It was handed out before: what it asks for may have been done, half or whole. */
  readonly again: boolean;
}

/** What this environment knows. It is thrown away after any failure, and read again. */
interface Memory {
  position: number;
  changes: number;
  readonly listeners: Listeners;
  /** Ids of the last deliveries: their messages may come again because only their deletion failed. */
  handled: ReadonlySet<string>;
}

/** As many pushes as a batch can hold: there are more behind it. */
const FULL_BATCH = 10;
/** More than that is missing only where pushes were lost for long: whoever listens resumes then. */
const MAX_MISSING = 5_000;
/** Longer than a handshake takes: its function has ten seconds. */
const HANDSHAKE_MS = 60_000;

export function liveStream({ messages, registry, poster, askAgain, clock }: Dependencies) {
  const heard = receipts(clock);
  const servedBy = randomUUID();
  const answer = requests({ messages, registry, poster, askAgain, clock });
  let memory: Memory | undefined;

  async function serve(batch: readonly Delivered[]): Promise<void> {
    const stored = new Map(batch.flatMap(({ push }) => (push.kind === 'stored' ? push.messages.map((one) => [one.id, one] as const) : [])));
    // Behind a full batch wait others: whatever is stored by now is told at once, and they have nothing new to say.
    const target = Math.max(0, ...stored.keys(), batch.length >= FULL_BATCH ? await messages.last() : 0);
    const current = await present(batch, target);
    memory = current;
    const open = batch.filter(({ id }) => !current.handled.has(id)).map(({ push }) => push);
    const receipts = open.flatMap((push) => (push.kind === 'received' ? push.messages : []));
    await tellNews(current, receipts, await between(current, target, stored));
    current.position = Math.max(current.position, target);
    const asked = open.flatMap((push) => (push.kind === 'received' || push.kind === 'stored' ? [] : [push]));
    await forget(current.listeners, await answer(asked, current.listeners, current.position));
    current.handled = new Set(batch.map(({ id }) => id));
  }

  /** The memory, brought up to date; or a new one, where this environment is new or another has served since. The table says `target` from here on. */
  async function present(batch: readonly Delivered[], target: number): Promise<Memory> {
    const by = batch[0]?.id ?? 'nothing';
    const known = memory && (await confirmed(memory, target, by));
    if (known) return known;
    const record = await registry.stream();
    const listeners: Listeners = new Map();
    reconcile(listeners, await registry.connections());
    // Before the database is asked: while it is away batches are given up, and of what they moved the next one knows nothing.
    await abandon(listeners, inDoubt(listeners, batch, record.movedBy));
    const last = await messages.last();
    // The database is the truth, also when an older state of it was restored.
    const position = Math.min(record.position ?? last, last);
    const to = Math.max(position, target);
    const movedBy = to === record.position ? undefined : by;
    if (!(await advance(record, { to, movedBy, servedBy }))) throw new Error('another environment serves the stream');
    return { position, changes: record.changes, listeners, handled: new Set<string>() };
  }

  /** Undefined where the memory is not what the table says. */
  async function confirmed(known: Memory, target: number, by: string): Promise<Memory | undefined> {
    const moves = target > known.position;
    const mine = { position: known.position, servedBy };
    const record = moves ? await advance(mine, { to: target, movedBy: by, servedBy }) : await registry.stream();
    if (!record || record.servedBy !== servedBy || (!moves && record.position !== known.position)) return undefined;
    if (record.changes !== known.changes) reconcile(known.listeners, await registry.connections());
    known.changes = record.changes;
    return known;
  }

  /** A move whose answer is lost is sent again by DynamoDB's client, and then refused because of itself: the table says whether it was. */
  async function advance(from: Pick<StreamRecord, 'position' | 'servedBy'>, move: Move): Promise<StreamRecord | undefined> {
    const record = (await registry.advance(from, move)) ?? (await registry.stream());
    const isMine = record.servedBy === servedBy && record.position === move.to;
    return isMine && (move.movedBy === undefined || record.movedBy === move.movedBy) ? record : undefined;
  }

  /** Everything that is stored after the position, also what nobody announced: another consumer was quicker, or one was killed after its commit. */
  async function between(current: Memory, target: number, announced: ReadonlyMap<number, StoredMessage>): Promise<StoredMessage[]> {
    const all: StoredMessage[] = [];
    let reached = current.position;
    if (target - reached > MAX_MISSING) {
      await abandon(current.listeners, [...current.listeners.values()]);
      reached = target;
    }
    while (reached < target) {
      const next = announced.get(reached + 1);
      const piece = next ? { messages: [next], through: reached + 1 } : await pieceOfHistory(messages, reached, target, undefined);
      all.push(...piece.messages);
      reached = piece.through;
    }
    return all;
  }

  async function tellNews(current: Memory, received: readonly Message[], stored: readonly StoredMessage[]): Promise<void> {
    const all: Event[] = [];
    const receiptsOnly: Event[] = [];
    const receipt = (message: Message) => {
      const event = { channel: message.channel, text: receivedEvent(message), about: message };
      all.push(event);
      receiptsOnly.push(event);
    };
    received.filter(({ key }) => heard.isNew(key)).forEach(receipt);
    for (const message of stored) {
      if (heard.isOverdue(message)) receipt(message);
      all.push({ channel: message.channel, text: storedEvent(message), about: message });
    }
    const { live = [], others = [] } = Object.groupBy(current.listeners.values(), ({ state }) => (state === 'live' ? 'live' : 'others'));
    const lost = await Promise.all([tell(poster, live, all), tell(poster, others, receiptsOnly)]);
    // A connection seems gone until its handshake is over (W2), and the table knows it before. A new one has no gap: it is served from its greeting on.
    const oldest = clock() - HANDSHAKE_MS;
    await forget(
      current.listeners,
      lost.flat().filter(({ state, cameAt }) => state !== 'new' || cameAt < oldest),
    );
  }

  /** Closes connections of which nobody knows what they were told. */
  async function abandon(listeners: Listeners, lost: readonly Listener[]): Promise<void> {
    if (lost.length > 0) log.warn('connections closed, so that their clients resume', { connections: lost.length });
    await Promise.all(lost.map(({ id }) => poster.close(id)));
    await forget(listeners, lost);
  }

  async function forget(listeners: Listeners, lost: readonly Listener[]): Promise<void> {
    for (const { id } of lost) listeners.delete(id);
    await registry.forget(lost.map(({ id }) => id));
  }

  /** Handles a batch of the queue, or throws: then all of it comes again. */
  return async (batch: readonly Delivered[]): Promise<void> => {
    try {
      await serve(batch);
    } catch (error) {
      memory = undefined;
      throw error;
    }
  };
}

/** Of a batch that another environment has begun: those who asked for something, and where it had moved the stream, everybody who is live. */
function inDoubt(listeners: Listeners, batch: readonly Delivered[], movedBy: string | undefined): Listener[] {
  const begun = batch.filter(({ again }) => again);
  const isTold = begun.some(({ id }) => id === movedBy);
  const asking = new Set(begun.flatMap(({ push }) => idsIn(push)));
  return [...listeners.values()].filter(({ id, state }) => (isTold && state === 'live') || asking.has(id));
}

/** Of the connections that ask. */
function idsIn(push: Push): readonly string[] {
  if (push.kind === 'join') return push.connections.map(({ id }) => id);
  return 'id' in push ? [push.id] : [];
}
