// How often the tests repeat what only chance or numbers can find, and how much of it at once: STACKYARD_EFFORT is a share of it, 1 by
// default. Emulators answer a few dozen requests a second, the embedded host thousands.
const effort = Number(process.env.STACKYARD_EFFORT ?? 1);

const share = (least: number) => (of: number) => Math.min(of, Math.max(least, Math.round(of * effort)));

/** At least once, and no more often than `times`. */
export const repeated = share(1);

/**
 * At least four, where that many were asked for: they still meet. More would be turned away by time: a step of a checkout has two seconds,
 * which emulators use up where each of dozens has to wait for a process to start.
 */
export const atOnce = share(4);
