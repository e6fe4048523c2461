// What connections ask for: to be served from where they came, to resume after an id, to hear only of some channels.
import type { MessageRepository } from '../repository.ts';
import { resumedEvent, storedEvent, subscribedEvent } from './event.ts';
import { frames } from './frames.ts';
import { pieceOfHistory } from './history.ts';
import type { Listener, Listeners } from './listeners.ts';
import type { Poster } from './poster.ts';
import type { Push } from './pushes.ts';
import type { Registry } from './registry.ts';
import { postAll } from './telling.ts';

type Asked = Exclude<Push, { readonly kind: 'received' | 'stored' }>;
type Resume = Extract<Push, { readonly kind: 'resume' }>;
type OneJoin = Extract<Push, { readonly kind: 'join' }>['connections'][number] & { readonly kind: 'join' };
/** Of one connection. */
export type Request = Exclude<Asked, { readonly kind: 'join' }> | OneJoin;
type HistoryRequest = Exclude<Request, { readonly kind: 'subscribe' }>;

export interface Dependencies {
  readonly messages: Pick<MessageRepository, 'read'>;
  readonly registry: Pick<Registry, 'save' | 'saveAll'>;
  readonly clock: () => number;
  readonly poster: Poster;
  /** Puts a request behind what is waiting. */
  readonly askAgain: (request: Asked) => Promise<void>;
}

export function requests({ messages, registry, poster, askAgain, clock }: Dependencies) {
  async function subscribe(listener: Listener, channels: readonly string[] | undefined): Promise<boolean> {
    listener.channels = channels;
    listener.joined = undefined;
    await registry.save(listener);
    return postAll(poster, listener.id, [subscribedEvent(channels)]);
  }

  /**
   * Tells a piece of the history. The last piece reaches to the position of the stream, and from there on the connection is live: nothing can come in
   * between, because nobody else moves the stream. Where there is more, the request goes behind what is waiting.
   */
  async function goOn(request: HistoryRequest, listener: Listener, position: number): Promise<boolean> {
    const piece = await pieceOfHistory(messages, request.after, position, listener.channels);
    if (request.kind === 'join') listener.joined = { at: clock(), after: request.after, ...listener.joined, through: piece.through };
    if (!(await postAll(poster, listener.id, frames(piece.messages.map(storedEvent), 1)))) return false;
    const isDone = piece.through >= position;
    if (!isDone) await askAgain(continued(request, piece.through));
    const state = isDone ? 'live' : request.kind === 'join' ? 'new' : 'resuming';
    const resume = request.kind === 'join' ? undefined : request.token;
    if (state !== listener.state || resume !== listener.resume) {
      listener.state = state;
      listener.resume = resume;
      await registry.save(listener);
    }
    return !isDone || request.kind === 'join' || postAll(poster, listener.id, [resumedEvent(request.asked, position)]);
  }

  async function answerOne(request: Request, listener: Listener, position: number): Promise<boolean> {
    if (request.kind === 'subscribe') return subscribe(listener, request.channels);
    if (request.kind === 'join') return listener.state === 'new' ? goOn(request, listener, position) : true;
    const begins = request.after === request.asked;
    if (!begins && listener.resume !== undefined && listener.resume !== request.token) return true;
    const after = listener.resume === undefined ? unheard(request, listener, position) : request.after;
    return goOn({ ...request, after }, listener, position);
  }

  /** Those that came and have missed nothing: most. They are live at once, all with one call. */
  async function join(all: readonly OneJoin[], listeners: Listeners, position: number): Promise<readonly OneJoin[]> {
    const isUpToDate = ({ id, after }: OneJoin) => after >= position && listeners.get(id)?.state === 'new';
    const ready = all.filter(isUpToDate).flatMap(({ id }) => listeners.get(id) ?? []);
    for (const listener of ready) {
      listener.state = 'live';
      listener.joined = { at: clock(), after: position, through: position };
    }
    await registry.saveAll(ready);
    return all.filter(({ id }) => listeners.get(id)?.state !== 'live');
  }

  /** Side by side for different connections, in order for each. Gives the listeners that did not get what they asked for, and are closed. */
  return async (asked: readonly Asked[], listeners: Listeners, position: number): Promise<Listener[]> => {
    const joins = asked.flatMap((push) => (push.kind === 'join' ? push.connections.map((one) => ({ ...one, kind: push.kind })) : []));
    const behind = await join(joins, listeners, position);
    const others = asked.flatMap((push) => (push.kind === 'join' ? [] : [push]));
    const lost: Listener[] = [];
    await Promise.all(
      [...Map.groupBy([...behind, ...others], ({ id }) => id)].map(async ([id, requests]) => {
        const listener = listeners.get(id);
        // It is gone, or was taken for gone: in that case it must not wait for what never comes.
        if (!listener) return poster.close(id);
        for (const request of requests) {
          if (await answerOne(request, listener, position)) continue;
          lost.push(listener);
          break;
        }
      }),
    );
    return lost;
  };
}

/**
 * Where the first request of a connection is answered from. A greeting may overtake it, where a function has to start: what is told meanwhile is not
 * told again. Who asks later has heard it, and wants it again.
 */
function unheard({ after, saidAt }: Resume, { joined, state }: Listener, position: number): number {
  if (!joined || after < joined.after || saidAt >= joined.at) return after;
  return Math.max(after, state === 'live' ? position : joined.through);
}

const continued = (request: HistoryRequest, after: number): Asked =>
  request.kind === 'join' ? { kind: 'join', connections: [{ id: request.id, after }] } : { ...request, after };
