// Follows the stream of stored messages: each once, by rising id, without a gap — over connections that come and go. Every connection begins with a
// question for the stream's end, which is to resume after an id that no message has; then what is missing up to there is asked for.
import type { Event, Stored, Told } from './frame.ts';

/** Larger than any message's id: there is nothing to send, only the end of the stream to be told. */
export const BEYOND = Number.MAX_SAFE_INTEGER;
/** Messages that a first visit looks back; with a filter more ids, because fewer of them are of its channels. */
const LOOK_BACK = 50;
const LOOK_BACK_FILTERED = 500;
/** Who missed more than this sees the newest only: the list would not hold more. */
const FAR = 2_000;
const NEWEST = 500;

export type Channels = readonly string[] | undefined;

export type Phase =
  | { readonly is: 'locating' }
  /** `of` is not known with a filter, where ids have gaps by nature. */
  | { readonly is: 'catching up'; readonly done: number; readonly of: number | undefined }
  | { readonly is: 'live' };

export interface FollowerOptions {
  /** Id that an earlier visit of this tab had reached. */
  readonly reached: number | undefined;
  readonly channels: Channels;
  readonly send: (frame: object) => void;
  readonly onReceived: (message: Told) => void;
  /** @param isLive false for what was stored before it could be told of at once */
  readonly onStored: (message: Stored, isLive: boolean) => void;
  /** The ids begin anew: another filter, or a server with another history. */
  readonly onAnew: () => void;
  /** So many messages are not shown, because too much was missed. */
  readonly onSkipped: (count: number) => void;
}

export function follower({ reached, channels, send, onReceived, onStored, onAnew, onSkipped }: FollowerOptions) {
  let phase: Phase = { is: 'locating' };
  let last: number | undefined;
  let earlier = reached;
  let filter = channels;
  /** While catching up: where it began, and the end of the stream at that time. */
  let from = 0;
  let end = 0;
  /** What may be ahead of the history that is asked for. */
  let ahead: Stored[] = [];

  function locate(): void {
    phase = { is: 'locating' };
    send({ action: 'resume', after: BEYOND });
  }

  function located(through: number): void {
    if (last !== undefined && last > through) {
      last = undefined;
      onAnew();
    }
    end = through;
    from = start();
    last = from;
    if (from >= end) caughtUp(end);
    else {
      phase = { is: 'catching up', done: 0, of: filter ? undefined : end - from };
      send({ action: 'resume', after: from });
    }
  }

  /** The id after which the list goes on, or begins. */
  function start(): number {
    const newest = Math.max(0, end - (filter ? LOOK_BACK_FILTERED : LOOK_BACK));
    const wanted = last ?? Math.min(newest, earlier ?? newest);
    if (filter || end - wanted <= FAR) return wanted;
    onSkipped(end - NEWEST - wanted);
    return end - NEWEST;
  }

  function caughtUp(through: number): void {
    for (const message of ahead.toSorted((one, other) => one.id - other.id)) deliver(message, false);
    ahead = [];
    last = Math.max(last ?? 0, through);
    phase = { is: 'live' };
  }

  function deliver(message: Stored, isLive: boolean): void {
    if (last !== undefined && message.id <= last) return;
    last = message.id;
    if (phase.is === 'catching up') phase = { ...phase, done: phase.done + 1 };
    onStored(message, isLive);
  }

  function stored(message: Stored): void {
    // What is beyond the end that was told may be news, may be history: it waits until the history is complete.
    if (phase.is === 'locating' || (phase.is === 'catching up' && message.id > end)) ahead.push(message);
    else if (phase.is === 'live' && !filter && message.id > (last ?? 0) + 1) {
      ahead.push(message);
      locate();
    } else deliver(message, phase.is === 'live');
  }

  const isWanted = ({ channel }: Told) => !filter || filter.includes(channel);
  const isOurs = (told: readonly string[] | null) =>
    JSON.stringify([...(told ?? [])].sort()) === JSON.stringify([...(filter ?? [])].sort());
  const subscribe = () => send({ action: 'subscribe', channels: filter ?? null });

  return {
    phase: () => phase,
    reached: () => last,

    /** There is a new connection. */
    opened(): void {
      ahead = [];
      phase = { is: 'locating' };
      // The filter first: only then the answers to what follows are of its channels.
      if (filter) subscribe();
      else locate();
    },

    take(event: Event): void {
      if (event.type === 'received' && isWanted(event.message)) onReceived(event.message);
      else if (event.type === 'stored' && isWanted(event.message)) stored(event.message);
      else if (event.type === 'subscribed' && isOurs(event.channels)) locate();
      else if (event.type === 'resumed' && event.after === BEYOND) located(event.through);
      else if (event.type === 'resumed' && event.after === from && phase.is === 'catching up') caughtUp(event.through);
    },

    /** Asks for the end of the stream, which tells that the connection works and that nothing is missing. */
    check: locate,

    /** Other channels from now on; the list begins anew with them. */
    narrow(to: Channels, isOpen: boolean): void {
      filter = to;
      last = undefined;
      earlier = undefined;
      ahead = [];
      phase = { is: 'locating' };
      onAnew();
      if (isOpen) subscribe();
    },
  };
}
