// Events into frames: few connections get one event a frame, many get all that is to be told in as few frames as hold it.
import { FRAME_BYTES } from './event.ts';

/** Frames of one event each that a batch may cost; beyond it every connection gets the events together, as an array. */
export const SINGLE_FRAMES = 32;

/**
 * @param events JSON texts, each small enough for a frame of its own
 * @param connections how many get them
 */
export const frames = (events: readonly string[], connections: number): readonly string[] =>
  events.length * connections <= SINGLE_FRAMES ? events : packed(events);

function packed(events: readonly string[]): string[] {
  const all: string[][] = [];
  let room = 0;
  for (const event of events) {
    const bytes = Buffer.byteLength(event) + 1;
    if (bytes > room || all.length === 0) {
      all.push([]);
      room = FRAME_BYTES - 2;
    }
    all.at(-1)?.push(event);
    room -= bytes;
  }
  return all.map((together) => (together.length === 1 ? (together[0] as string) : `[${together.join(',')}]`));
}
