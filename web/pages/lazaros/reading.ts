// One look at the three layers: what `/status` and `/status/ready` said together. Pure, so that odd answers can be tried.

export const layers = ['Database', 'Cache', 'Messaging'] as const;
export type Layer = (typeof layers)[number];

export interface LayerReading {
  /** Missing when no answer spoke about this layer. */
  readonly up?: boolean;
  /** Round trip in ms, where it was told. */
  readonly latency?: number;
}

export interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly layers: Record<Layer, LayerReading>;
}

/**
 * @param status body of `/status`, e.g. `{"Database": true, …}`; undefined when it failed
 * @param ready body of `/status/ready`, `application/health+json`; undefined when it failed
 */
export function reading(at: number, status: unknown, ready: unknown): Reading {
  const of = (layer: Layer): LayerReading => {
    const check = checkOf(ready, layer);
    const told = field(status, layer);
    const up = typeof told === 'boolean' ? told : check?.up;
    return { ...(up === undefined ? {} : { up }), ...(check?.latency === undefined ? {} : { latency: check.latency }) };
  };
  return { at, layers: { Database: of('Database'), Cache: of('Cache'), Messaging: of('Messaging') } };
}

/** The first entry of `checks` whose name begins with the layer's, such as `database:responseTime`. */
function checkOf(ready: unknown, layer: Layer): LayerReading | undefined {
  const checks = field(ready, 'checks');
  if (typeof checks !== 'object' || checks === null) return undefined;
  const found = Object.entries(checks).find(([name]) => name.toLowerCase().split(':')[0] === layer.toLowerCase());
  const check: unknown = Array.isArray(found?.[1]) ? found[1][0] : found?.[1];
  const observed = field(check, 'observedValue');
  const told = field(check, 'status');
  return {
    ...(typeof told === 'string' ? { up: /^(pass|ok|up|warn)$/i.test(told) } : {}),
    ...(typeof observed === 'number' ? { latency: observed } : {}),
  };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
