// Random numbers that follow from a seed: the same seed, the same simulation, on every machine.

export interface Random {
  /** From 0 to 1, without 1. */
  uniform(): number;
  /** Times between events that do not know of each other. */
  exponential(mean: number): number;
  /** Times of calls over a network: never negative, with a long tail. Half of them are under the median. */
  lognormal(median: number, sigma: number): number;
}

/** Mulberry32: 32 bits of state are plenty for some millions of draws. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** Box and Muller's; 1 − u is never 0. */
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
  };
}
