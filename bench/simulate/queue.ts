// A model that theory has solved, M/M/c, made of the same parts as the others: it shows that the parts are right.
import { random } from './random.ts';
import { station } from './station.ts';
import { arrivals, timeline } from './timeline.ts';

export interface QueueResult {
  readonly arrived: number;
  readonly served: number;
  /** In it at the end. */
  readonly left: number;
  /** Milliseconds, on average: until service began, and until it was over. */
  readonly waitMs: number;
  readonly stayMs: number;
  /** How many were in it on average. */
  readonly present: number;
  readonly seconds: number;
}

export function simulateQueue(perSecond: number, serviceMs: number, servers: number, seconds: number, seed: number): QueueResult {
  const time = timeline();
  const chance = random(seed);
  const line = station(time, servers);
  let arrived = 0;
  let begun = 0;
  let served = 0;
  let waits = 0;
  let stays = 0;
  arrivals(
    time,
    () => chance.exponential(1000 / perSecond),
    seconds * 1000,
    () => {
      const at = time.now;
      arrived += 1;
      line.enter(() => {
        begun += 1;
        waits += time.now - at;
        time.after(chance.exponential(serviceMs), () => {
          served += 1;
          stays += time.now - at;
          line.leave();
        });
      });
    },
  );
  time.run(seconds * 1000);
  return {
    arrived,
    served,
    left: line.present,
    waitMs: waits / begun,
    stayMs: stays / served,
    present: line.presence / (seconds * 1000),
    seconds,
  };
}
