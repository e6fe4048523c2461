// Tells listeners: to each in order, to many at once, and nobody waits for one that is slow or gone.
import { SpanKind } from '@opentelemetry/api';
import { inSpans, REQUEST_ID_ATTRIBUTE, type SpanOptions } from '../../shared/tracing/span.ts';
import type { Message } from '../message.ts';
import { frames } from './frames.ts';
import { byInterest, type Listener } from './listeners.ts';
import type { Poster } from './poster.ts';

export interface Event {
  readonly channel: string;
  readonly text: string;
  /** What it tells of. */
  readonly about: Pick<Message, 'requestId' | 'trace'>;
}

/**
 * Posts the events to the listeners, of whose channels they are. Gives those that did not get all of it: they are to be forgotten, and their
 * connections are closed, because what they have now would have a gap.
 */
export async function tell(poster: Poster, listeners: Iterable<Listener>, events: readonly Event[]): Promise<Listener[]> {
  const lost: Listener[] = [];
  if (events.length === 0) return lost;
  const told = new Map<Event, number>();
  const work = byInterest(listeners).flatMap(({ channels, listeners }) => {
    const wanted = events.filter(({ channel }) => !channels || channels.has(channel));
    for (const event of wanted) told.set(event, (told.get(event) ?? 0) + listeners.length);
    const texts = wanted.map(({ text }) => text);
    const all = frames(texts, listeners.length).map((text) => Buffer.from(text));
    return all.length === 0 ? [] : listeners.map((listener) => ({ listener, all }));
  });
  const postAll = () =>
    Promise.all(
      work.map(async ({ listener, all }) => {
        if (!(await post(poster, listener.id, all))) lost.push(listener);
      }),
    );
  await inSpans('push', [...told].map(spanOf), postAll);
  return lost;
}

/** Frames hold several events: each of them is told of in its own trace. */
const spanOf = ([{ about }, connections]: readonly [Event, number]): SpanOptions | undefined =>
  about.trace && {
    kind: SpanKind.CLIENT,
    parent: about.trace,
    attributes: { 'network.protocol.name': 'websocket', 'push.connections': connections, [REQUEST_ID_ATTRIBUTE]: about.requestId },
  };

/** True when the connection has got all of it, in order. */
export const postAll = (poster: Poster, connectionId: string, all: readonly string[]): Promise<boolean> =>
  post(
    poster,
    connectionId,
    all.map((text) => Buffer.from(text)),
  );

async function post(poster: Poster, connectionId: string, all: readonly Buffer[]): Promise<boolean> {
  for (const frame of all) {
    const delivery = await poster.post(connectionId, frame);
    if (delivery === 'failed') await poster.close(connectionId);
    if (delivery !== 'sent') return false;
  }
  return true;
}
