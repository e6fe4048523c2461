// Chance that can be had again: everything random in a test follows from one seed, which a failure tells.

export interface Chance {
  readonly seed: number;
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number;
  between(least: number, most: number): number;
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** mulberry32, with `STACKYARD_SEED` where it is set. */
export function chance(seed = Number(process.env.STACKYARD_SEED ?? Date.now() % 1_000_000)): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    seed,
    below,
    between: (least, most) => least + below(most - least + 1),
    shuffled: (items) =>
      items
        .map((item) => [next(), item] as const)
        .sort(([one], [other]) => one - other)
        .map(([, item]) => item),
  };
}
