// The token bucket by which AWS throttles: so many a second, and so many at once after a pause.
import type { Timeline } from './timeline.ts';

export interface Bucket {
  /** False where the request is refused. */
  take(): boolean;
  /** Milliseconds until there is a token again. */
  readonly wait: number;
}

/** Rounding leaves a token a little short of whole at the time that `wait` told. */
const WHOLE = 1 - 1e-6;

export function bucket(time: Timeline, perSecond: number, burst: number): Bucket {
  let tokens = burst;
  let filledAt = 0;
  const fill = () => {
    tokens = Math.min(burst, tokens + ((time.now - filledAt) / 1000) * perSecond);
    filledAt = time.now;
  };
  return {
    take() {
      fill();
      if (tokens < WHOLE) return false;
      tokens -= 1;
      return true;
    },
    get wait() {
      fill();
      return tokens < WHOLE ? ((1 - tokens) / perSecond) * 1000 : 0;
    },
  };
}
