// What a connection asks for: to be served from where it came, to resume after an id, to hear only of some channels.
import type { MessageRepository } from '../repository.ts';
import { resumedEvent, storedEvent, subscribedEvent } from './event.ts';
import { frames } from './frames.ts';
import { pieceOfHistory } from './history.ts';
import type { Listener } from './listeners.ts';
import type { Poster } from './poster.ts';
import type { Push } from './pushes.ts';
import type { Registry } from './registry.ts';
import { post } from './telling.ts';

export type Request = Extract<Push, { readonly id: string }>;
type HistoryRequest = Exclude<Request, { readonly kind: 'subscribe' }>;

export interface Dependencies {
  readonly messages: Pick<MessageRepository, 'read'>;
  readonly registry: Pick<Registry, 'save'>;
  readonly poster: Poster;
  readonly askAgain: (request: Request) => Promise<void>;
}

/** Gives false where the connection did not get what it asked for, and is closed. */
export function requests({ messages, registry, poster, askAgain }: Dependencies) {
  async function subscribe(listener: Listener, channels: readonly string[] | undefined): Promise<boolean> {
    listener.channels = channels;
    await registry.save(listener);
    return post(poster, listener.id, [subscribedEvent(channels)]);
  }

  /**
   * Tells a piece of the history. The last piece reaches to the position of the stream, and from there on the connection is live: nothing can come in
   * between, because nobody else moves the stream. Where there is more, the request goes behind what is waiting.
   */
  async function goOn(request: HistoryRequest, listener: Listener, position: number): Promise<boolean> {
    const piece = await pieceOfHistory(messages, request.after ?? position, position, listener.channels);
    if (!(await post(poster, listener.id, frames(piece.messages.map(storedEvent), 1)))) return false;
    const isDone = piece.through >= position;
    if (!isDone) await askAgain({ ...request, after: piece.through });
    const state = isDone ? 'live' : request.kind === 'join' ? 'new' : 'resuming';
    if (state !== listener.state) {
      listener.state = state;
      await registry.save(listener);
    }
    return !isDone || request.kind === 'join' || post(poster, listener.id, [resumedEvent(request.asked, position)]);
  }

  return async (request: Request, listener: Listener, position: number): Promise<boolean> => {
    if (request.kind === 'subscribe') return subscribe(listener, request.channels);
    if (request.kind === 'join') return listener.state === 'new' ? goOn(request, listener, position) : true;
    const begins = request.after === request.asked;
    if (!begins && listener.resume !== undefined && listener.resume !== request.token) return true;
    listener.resume = request.token;
    return goOn(request, listener, position);
  };
}
