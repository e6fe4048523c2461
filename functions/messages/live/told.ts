// How long messages took from their receipt until listeners were told of them.
import type { Push } from './pushes.ts';

/**
 * Seconds, one for each message whose storage these pushes announce. One that was told sooner, because an earlier push made the stream read the
 * table, counts with its own announcement: never shorter than it was. Two machines' clocks may disagree by more than it took.
 */
export const secondsUntilTold = (pushes: readonly Push[], now: number): number[] =>
  pushes.flatMap((push) => (push.kind === 'stored' ? push.messages.map(({ at }) => Math.max(0, now - Date.parse(at)) / 1000) : []));
