// The live stream: what connections are told, in one order. Its queue is one message group, so one batch at a time is handled, whatever the number of
// environments: whoever handles it is the only one that posts messages. The rule: on one connection the ids of stored messages only rise, without a
// gap — or the connection is closed, and its client comes back and asks to resume.
import { log } from '../../shared/logging.ts';
import type { StoredMessage } from '../message.ts';
import type { MessageRepository } from '../repository.ts';
import { receivedEvent, storedEvent } from './event.ts';
import { pieceOfHistory } from './history.ts';
import { type Listener, type Listeners, reconcile } from './listeners.ts';
import type { Poster } from './poster.ts';
import type { Push } from './pushes.ts';
import { receipts } from './receipts.ts';
import type { Registry } from './registry.ts';
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

/** More than that is missing only where pushes were lost for long: whoever listens resumes then. */
const MAX_MISSING = 5_000;

export function liveStream({ messages, registry, poster, askAgain, clock }: Dependencies) {
  const heard = receipts(clock);
  const answer = requests({ messages, registry, poster, askAgain, clock });
  let memory: Memory | undefined;

  async function serve(batch: readonly Delivered[]): Promise<void> {
    const current = await present(batch);
    memory = current;
    const open = batch.filter(({ id }) => !current.handled.has(id));
    await tellNews(current, open);
    const asked = open.flatMap(({ push }) => (push.kind === 'received' || push.kind === 'stored' ? [] : [push]));
    await forget(current, await answer(asked, current.listeners, current.position));
    current.handled = new Set(batch.map(({ id }) => id));
  }

  /** The memory, brought up to date; or a new one, where this environment is new or another has served since. */
  async function present(batch: readonly Delivered[]): Promise<Memory> {
    const record = await registry.stream();
    if (memory && memory.position === record.position) {
      if (record.changes !== memory.changes) reconcile(memory.listeners, await registry.connections());
      memory.changes = record.changes;
      return memory;
    }
    const last = await messages.last();
    // The database is the truth, also when an older state of it was restored.
    const position = Math.min(record.position ?? last, last);
    if (position !== record.position) await registry.advance(record.position, position);
    const listeners: Listeners = new Map();
    reconcile(listeners, await registry.connections());
    const fresh = { position, changes: record.changes, listeners, handled: new Set<string>() };
    await abandon(fresh, inDoubt(fresh, batch));
    return fresh;
  }

  async function tellNews(current: Memory, batch: readonly Delivered[]): Promise<void> {
    const all: Event[] = [];
    const receiptsOnly: Event[] = [];
    const receipt = (message: Parameters<typeof receivedEvent>[0]) => {
      const event = { channel: message.channel, text: receivedEvent(message) };
      all.push(event);
      receiptsOnly.push(event);
    };
    let { position } = current;
    for (const { push } of batch) {
      if (push.kind === 'received') push.messages.filter(({ key }) => heard.isNew(key)).forEach(receipt);
      if (push.kind !== 'stored') continue;
      for (const message of await withMissing(current, position, push.messages)) {
        if (heard.isOverdue(message)) receipt(message);
        all.push({ channel: message.channel, text: storedEvent(message) });
        position = message.id;
      }
    }
    // Written before anybody is told: after a crash in between, the next environment sees that this has begun.
    if (position !== current.position) await registry.advance(current.position, position);
    const isLive = ({ state }: Listener) => state === 'live';
    const listeners = [...current.listeners.values()];
    const lost = await Promise.all([
      tell(poster, listeners.filter(isLive), all),
      tell(
        poster,
        listeners.filter((listener) => !isLive(listener)),
        receiptsOnly,
      ),
    ]);
    await forget(current, lost.flat());
    current.position = position;
  }

  /** The messages after `position`, with those that nobody announced: another consumer was quicker, or one was killed after its commit. */
  async function withMissing(current: Memory, position: number, announced: readonly StoredMessage[]): Promise<readonly StoredMessage[]> {
    const all: StoredMessage[] = [];
    let reached = position;
    for (const message of announced) {
      if (message.id <= reached) continue;
      if (message.id - reached > MAX_MISSING) {
        await abandon(current, [...current.listeners.values()]);
        reached = message.id - 1;
      }
      while (message.id > reached + 1) {
        const piece = await pieceOfHistory(messages, reached, message.id - 1, undefined);
        all.push(...piece.messages);
        reached = piece.through;
      }
      all.push(message);
      reached = message.id;
    }
    return all;
  }

  /** Closes connections of which nobody knows what they were told. */
  async function abandon(current: Memory, listeners: readonly Listener[]): Promise<void> {
    if (listeners.length > 0) log.warn('connections closed, so that their clients resume', { connections: listeners.length });
    await Promise.all(listeners.map(({ id }) => poster.close(id)));
    await forget(current, listeners);
  }

  async function forget({ listeners }: Memory, lost: readonly Listener[]): Promise<void> {
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

/** Of a batch that another environment has begun: everybody who may have been told something of it. */
function inDoubt({ listeners, position }: Memory, batch: readonly Delivered[]): Listener[] {
  const begun = batch.filter(({ again }) => again).map(({ push }) => push);
  const isTold = begun.some((push) => push.kind === 'stored' && push.messages.some(({ id }) => id <= position));
  const asking = new Set(
    begun.flatMap((push) => (push.kind === 'join' ? push.connections : 'id' in push ? [push] : []).map(({ id }) => id)),
  );
  return [...listeners.values()].filter(({ id, state }) => (isTold && state === 'live') || asking.has(id));
}
