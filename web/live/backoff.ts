// How long to wait before the next attempt: full jitter, so that many tabs do not come back at the same moment.
const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * @param attempt 0 for the first after a connection that worked
 * @param random in [0, 1)
 */
export const backoff = (attempt: number, random: number): number => random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
