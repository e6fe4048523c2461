// The live stream over a database, a table of connections and clients that are plain memory; crashes included.
import type { Poster } from '../../functions/messages/live/poster.ts';
import type { Push } from '../../functions/messages/live/pushes.ts';
import type { ConnectionRecord, Registry, StreamRecord } from '../../functions/messages/live/registry.ts';
import { type Delivered, liveStream } from '../../functions/messages/live/stream.ts';
import type { Message, StoredMessage } from '../../functions/messages/message.ts';
import type { Range } from '../../functions/messages/repository.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');

export const message = (key: string, channel = 'default'): Message => ({
  key,
  channel,
  text: `{"of":"${key}"}`,
  at: new Date(NOW).toISOString(),
  requestId: '-',
});

type Told = { readonly type: string; readonly id?: number; readonly key?: string };

export class World {
  readonly table: StoredMessage[] = [];
  readonly connections = new Map<string, ConnectionRecord>();
  readonly stream: { position: number | undefined; changes: number; movedBy: string | undefined; servedBy: string | undefined } = {
    position: undefined,
    changes: 0,
    movedBy: undefined,
    servedBy: undefined,
  };
  /** By connection, what its client has got. A closed one gets no more. */
  readonly clients = new Map<string, Told[]>();
  readonly closed = new Set<string>();
  /** Requests that were put behind what is waiting. */
  readonly waiting: Push[] = [];
  /** Posts that are left before the environment dies. */
  postsLeft = Number.POSITIVE_INFINITY;
  /** Of the next move the answer is lost: the client sends it again, and its condition no longer holds. */
  isAnswerLost = false;
  isDatabaseAway = false;
  now = NOW;
  private deliveries = 0;

  /** Another environment: nothing in memory. */
  environment(): ReturnType<typeof liveStream> {
    return liveStream({
      messages: { last: async () => this.last(), read: async (range) => this.read(range) },
      registry: this.registry(),
      poster: this.poster(),
      askAgain: async (push) => void this.waiting.push(push),
      clock: () => this.now,
    });
  }

  connect(id: string): number {
    this.connections.set(id, { id, state: 'new', channels: undefined, resume: undefined, cameAt: this.now });
    this.clients.set(id, []);
    this.stream.changes += 1;
    this.stream.position ??= 0;
    return this.stream.position;
  }

  store(...keys: string[]): Push {
    const stored = keys.map((key, index) => ({ ...message(key), id: this.table.length + index + 1 }));
    this.table.push(...stored);
    return { kind: 'stored', messages: stored };
  }

  delivered(push: Push, again = false): Delivered {
    this.deliveries += 1;
    return { id: `delivery-${this.deliveries}`, push, again };
  }

  idsOf(client: string): number[] {
    return (this.clients.get(client) ?? []).flatMap(({ type, id }) => (type === 'stored' && id !== undefined ? [id] : []));
  }

  typesOf(client: string): string[] {
    return (this.clients.get(client) ?? []).map(({ type }) => type);
  }

  private last(): number {
    if (this.isDatabaseAway) throw new Error('the database is away');
    return this.table.length;
  }

  private read({ after, through, channels, limit }: Range): StoredMessage[] {
    return this.table.filter(({ id, channel }) => id > after && id <= through && (!channels || channels.includes(channel))).slice(0, limit);
  }

  private poster(): Poster {
    return {
      post: async (id, frame) => {
        if (this.postsLeft-- <= 0) throw new Error('killed');
        if (this.closed.has(id) || !this.clients.has(id)) return 'gone';
        const events = JSON.parse(frame.toString()) as Told | Told[];
        this.clients.get(id)?.push(...(Array.isArray(events) ? events : [events]));
        return 'sent';
      },
      close: async (id) => void this.closed.add(id),
    };
  }

  private registry(): Registry {
    const record = (): StreamRecord => ({ ...this.stream });
    const save = async (one: ConnectionRecord) => {
      const { id, state, channels, resume, cameAt } = one;
      if (this.connections.has(id)) this.connections.set(id, { id, state, channels, resume, cameAt });
    };
    return {
      arrive: async () => record().position ?? 0,
      leave: async () => undefined,
      forget: async (ids) => ids.forEach((id) => void this.connections.delete(id)),
      stream: async () => record(),
      connections: async () => [...this.connections.values()],
      advance: async (from, { to, movedBy, servedBy }) => {
        if (this.stream.position !== from.position || this.stream.servedBy !== from.servedBy) return undefined;
        this.stream.position = to;
        this.stream.movedBy = movedBy ?? this.stream.movedBy;
        this.stream.servedBy = servedBy;
        const isLost = this.isAnswerLost;
        this.isAnswerLost = false;
        return isLost ? undefined : record();
      },
      save,
      saveAll: async (all) => void (await Promise.all(all.map(save))),
    };
  }
}

export const join = (id: string, after: number): Push => ({ kind: 'join', connections: [{ id, after }] });
/** Said, where nothing else is, before the connection was greeted. */
export const resume = (id: string, after: number, { token = 't', saidAt = 0 } = {}): Push => ({
  kind: 'resume',
  id,
  token,
  saidAt,
  asked: after,
  after,
});
