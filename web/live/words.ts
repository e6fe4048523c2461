// How the connection stands, in words.
import type { ConnectionState } from './connection.ts';

export interface Standing {
  /** Of the lamp and of the icon in the browser's tab. */
  readonly condition: 'up' | 'down' | 'unknown';
  /** For the heading of the page's tab and for those who listen: it changes only when the matter does. */
  readonly short: string;
  /** All of it, with numbers that run. */
  readonly long: string;
  /** Whether to try at once would be of use. */
  readonly mayTry: boolean;
}

export function standing(state: ConnectionState, now: number): Standing {
  switch (state.is) {
    case 'connected':
      return { condition: 'up', short: 'Connected', long: 'Connected', mayTry: false };
    case 'connecting':
      return { condition: 'unknown', short: 'Connecting', long: 'Connecting…', mayTry: false };
    case 'catching up': {
      const of = state.of === undefined ? '' : ` of ${state.of}`;
      return { condition: 'unknown', short: 'Catching up', long: `Catching up: ${state.done}${of} messages`, mayTry: false };
    }
    case 'waiting': {
      const seconds = Math.max(1, Math.ceil((state.until - now) / 1000));
      return { condition: 'down', short: 'Connection lost', long: `Connection lost, trying again in ${seconds} s`, mayTry: true };
    }
    case 'offline':
      return { condition: 'down', short: 'No network', long: 'No network. It goes on when the network is back', mayTry: true };
  }
}
