// How often the tests repeat what only chance or numbers can find: STACKYARD_EFFORT is a share of it, 1 by default.
// Emulators answer a few dozen requests a second, the embedded host thousands.
const effort = Number(process.env.STACKYARD_EFFORT ?? 1);

/** At least once, and no more often than `times`. */
export const repeated = (times: number): number => Math.min(times, Math.max(1, Math.round(times * effort)));
