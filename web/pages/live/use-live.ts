// The stream, drawn: at most once a frame of the screen, and a few times a second where nobody could read along.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Socket } from '../../live/connection.ts';
import type { Delivery } from '../../live/deliveries.ts';
import type { Channels } from '../../live/follower.ts';
import { live, type View } from '../../live/live.ts';
import { storedReach, storeReach } from './reach.ts';

/** Messages a second beyond which rows are drawn only four times a second, and fewer of them. */
const READABLE = 30;
const BUSY_MS = 250;
const BUSY_ROWS = { onTheirWay: 10, stored: 30 };

export interface Live {
  readonly view: View;
  readonly isBusy: boolean;
  /** Messages since the list was paused; undefined while it is not. */
  readonly sincePause: number | undefined;
  togglePause(): void;
  narrow(channels: Channels): void;
  tryNow(): void;
  find(key: string): Delivery | undefined;
}

const address = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
const connect = () => new WebSocket(address()) as unknown as Socket;

export function useLive(channels: Channels): Live | undefined {
  const running = useRef<ReturnType<typeof live>>(undefined);
  const [view, setView] = useState<View>();
  const [paused, setPaused] = useState<View>();
  const isBusy = view !== undefined && view.measured.perSecond > READABLE;
  const busy = useRef(isBusy);
  busy.current = isBusy;

  useEffect(() => {
    let isDue = false;
    const draw = () => {
      isDue = false;
      if (running.current === undefined) return;
      storeReach(running.current.reached());
      setView(running.current.view());
    };
    const onChange = () => {
      if (isDue) return;
      isDue = true;
      if (busy.current) setTimeout(draw, BUSY_MS);
      else requestAnimationFrame(draw);
    };
    const stream = live({ connect, random: Math.random, reached: storedReach(), channels, onChange });
    running.current = stream;
    onChange();
    const onVisible = () => document.visibilityState === 'visible' && stream.lookedAt();
    // The rate falls, and the time to the next attempt passes, also where nothing is told.
    const ticking = setInterval(onChange, 500);
    addEventListener('online', stream.tryNow);
    addEventListener('offline', stream.offline);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(ticking);
      removeEventListener('online', stream.tryNow);
      removeEventListener('offline', stream.offline);
      document.removeEventListener('visibilitychange', onVisible);
      running.current = undefined;
      stream.end();
    };
  }, []);

  if (view === undefined) return undefined;
  const shown = paused?.rows ?? (isBusy ? someOf(view.rows) : view.rows);
  return {
    view: { ...view, rows: shown },
    isBusy,
    sincePause: paused && view.count - paused.count,
    togglePause: () => setPaused(paused ? undefined : { ...view, rows: shown }),
    narrow(to) {
      setPaused(undefined);
      running.current?.narrow(to);
    },
    tryNow: () => running.current?.tryNow(),
    find: (key) => running.current?.find(key),
  };
}

/** The newest of both kinds: in a rush those on their way would push all others off the screen. */
function someOf(rows: readonly Delivery[]): readonly Delivery[] {
  const isStored = ({ id }: Delivery) => id !== undefined;
  const onTheirWay = rows.filter((row) => !isStored(row)).slice(0, BUSY_ROWS.onTheirWay);
  return [...onTheirWay, ...rows.filter(isStored).slice(0, BUSY_ROWS.stored)];
}
