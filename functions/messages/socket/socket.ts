// The life of a connection: it comes, asks, and goes.
import { randomUUID } from 'node:crypto';
import { log } from '../../shared/logging.ts';
import { errorEvent } from '../live/event.ts';
import type { Poster } from '../live/poster.ts';
import type { Pushes } from '../live/pushes.ts';
import type { Registry } from '../live/registry.ts';
import { readFrame } from './frame.ts';
import { Greeting, type Greetings } from './greetings.ts';

export interface Dependencies {
  readonly registry: Pick<Registry, 'arrive' | 'leave'>;
  readonly greetings: Greetings;
  readonly pushes: Pick<Pushes, 'ask'>;
  readonly poster: Pick<Poster, 'post'>;
  readonly clock: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/**
 * Long enough for a client's first frame to get here, also where a new environment has to start for it; so short that nobody who only listens takes
 * notice: what is stored meanwhile comes then.
 */
const COURTESY_MS = 500;

export function socket({ registry, greetings, pushes, poster, clock, pause }: Dependencies) {
  return {
    async opened(id: string): Promise<void> {
      try {
        await greetings.send({ id, after: await registry.arrive(id, clock()) });
      } catch (error) {
        // The handshake is refused: nobody will ever say that this connection is gone.
        await registry.leave(id).catch((error: Error) => log.warn('a refused connection stays in the table for a while', error));
        throw error;
      }
    },

    closed: (id: string): Promise<void> => registry.leave(id),

    /** @param at in ms */
    async said(id: string, text: string, at: number): Promise<void> {
      const read = readFrame(text);
      if ('problem' in read) await poster.post(id, Buffer.from(errorEvent(read.problem)));
      else if (read.frame.action === 'resume')
        await pushes.ask({ kind: 'resume', id, token: randomUUID(), saidAt: at, asked: read.frame.after, after: read.frame.after });
      else {
        const { channels } = read.frame;
        await pushes.ask({
          kind: 'subscribe',
          id,
          ...(channels && channels.length > 0 ? { channels: [...new Set(channels)].sort() } : {}),
        });
      }
    },

    /** @param bodies of messages of the greetings' queue */
    async greet(bodies: readonly string[]): Promise<void> {
      const all = bodies.map((body) => Greeting.parse(JSON.parse(body)));
      // Counted from here and not from the connect: what held up the greeting held up the first frame, too.
      await pause(COURTESY_MS);
      await pushes.ask({ kind: 'join', connections: all });
    },
  };
}
