// What the state of the three layers is, and how it is told.
import type { Outcome } from './probe.ts';

export type Ask = () => Promise<Outcome>;

/** Named as in the contract of `GET /status`. */
export interface Layers<Value> {
  readonly Database: Value;
  readonly Cache: Value;
  readonly Messaging: Value;
}

export interface Report {
  readonly layers: Layers<Outcome>;
  readonly at: Date;
}

/** Reports are shared for this long, so that a storm of probes asks each layer once. */
const SHARED_MS = 1_000;

/** Asks all layers at the same time. Callers that come while it asks, or within a second after, share the report. */
export function statusService(ask: Layers<Ask>, clock: () => Date) {
  let shared: { readonly report: Promise<Report>; readonly until: number } | undefined;

  async function askAll(): Promise<Report> {
    const at = clock();
    const [Database, Cache, Messaging] = await Promise.all([ask.Database(), ask.Cache(), ask.Messaging()]);
    return { layers: { Database, Cache, Messaging }, at };
  }

  return function report(): Promise<Report> {
    const now = clock().getTime();
    if (shared === undefined || now >= shared.until) shared = { report: askAll(), until: now + SHARED_MS };
    return shared.report;
  };
}

export const asBooleans = ({ layers }: Report): Layers<boolean> => ({
  Database: layers.Database.up,
  Cache: layers.Cache.up,
  Messaging: layers.Messaging.up,
});

const componentTypes: Layers<{ type: 'datastore' | 'component' }> = {
  Database: { type: 'datastore' },
  Cache: { type: 'datastore' },
  Messaging: { type: 'component' },
};

/** `application/health+json` (draft-inadarei-api-health-check-06). `output` says which transport carries messages. */
export function asHealth({ layers, at }: Report, transport: string) {
  const checks = Object.fromEntries(
    (['Database', 'Cache', 'Messaging'] as const).map((name) => [
      `${name.toLowerCase()}:responseTime`,
      [
        {
          componentType: componentTypes[name].type,
          observedValue: layers[name].milliseconds,
          observedUnit: 'ms',
          status: layers[name].up ? 'pass' : 'fail',
          time: at.toISOString(),
          ...(name === 'Messaging' ? { output: `transport: ${transport}` } : {}),
        },
      ],
    ]),
  );
  return { status: Object.values(layers).every((layer: Outcome) => layer.up) ? 'pass' : 'fail', checks };
}
