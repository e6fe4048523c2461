// Frames of one batch of the live stream to all listeners: so many sockets, so long a post, so many a second of the account.
// A throttled post is tried again as the poster does, then the connection is closed.
import { SINGLE_FRAMES } from '../../functions/messages/live/frames.ts';
import { PAUSES_MS } from '../../functions/messages/live/poster.ts';
import type { Bucket } from './bucket.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export interface Posting {
  readonly listeners: number;
  /** Posts under way at once. */
  readonly sockets: number;
  /** Median of a post, and its spread as the sigma of a lognormal. */
  readonly postMs: number;
  readonly spread: number;
}

export interface Told {
  posts: number;
  throttled: number;
  closed: number;
}

/** Posts `events` to every listener; `heard` is called for each listener, and with all of them `over`. */
export function tell(
  time: Timeline,
  chance: Random,
  { listeners, sockets, postMs, spread }: Posting,
  quota: Bucket | undefined,
  events: number,
  told: Told,
  heard: () => void,
  over: () => void,
): void {
  const frames = events * listeners <= SINGLE_FRAMES ? events : 1;
  let next = 0;
  let left = listeners;

  function listener(): void {
    if (next === listeners) return;
    next += 1;
    frame(frames, 0);
  }

  function frame(remaining: number, attempt: number): void {
    if (quota && !quota.take()) {
      told.throttled += 1;
      const pause = PAUSES_MS[attempt];
      if (pause !== undefined) time.after(pause * (0.5 + chance.uniform()), () => frame(remaining, attempt + 1));
      else {
        told.closed += 1;
        settled();
      }
      return;
    }
    told.posts += 1;
    time.after(spread === 0 ? postMs : chance.lognormal(postMs, spread), () => {
      if (remaining > 1) frame(remaining - 1, 0);
      else {
        heard();
        settled();
      }
    });
  }

  function settled(): void {
    left -= 1;
    if (left === 0) over();
    else listener();
  }

  for (let socket = 0; socket < Math.min(sockets, listeners); socket++) listener();
}
