// Erlang's C formula: what theory says of a line before equal servers (M/M/c). The simulation is held against it.

/** The share of those who have to wait. `load` is arrivals a second by seconds of service; it has to be below `servers`. */
export function waitingShare(load: number, servers: number): number {
  // Erlang's B by its recursion, which does not overflow, and C from B.
  let blocked = 1;
  for (let server = 1; server <= servers; server++) blocked = (load * blocked) / (server + load * blocked);
  const free = 1 - load / servers;
  return blocked / (free + (1 - free) * blocked);
}

/** Milliseconds that somebody waits on average, before a service of `serviceMs`. */
export function waitMs(perSecond: number, serviceMs: number, servers: number): number {
  const load = (perSecond * serviceMs) / 1000;
  return (waitingShare(load, servers) * serviceMs) / (servers - load);
}
