// Who answers for a domain name on this machine: REST APIs, WebSocket APIs and buckets register, distributions look up.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Origin {
  /** Serves a request whose `url` is already what the origin would see (origin path included). */
  serve(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends what upgrades have opened, and refuses more; resolves when that is done, or after `graceMs`. */
  stop?(graceMs: number): Promise<void>;
}

export interface Origins {
  /** `domain` as a template writes it, e.g. `abc123.execute-api.us-east-1.amazonaws.com`. */
  register(domain: string, origin: Origin): void;
  find(domain: string): Origin | undefined;
  /** The distribution that answers at the edge port; the last one registered wins. Without any, the only REST API answers. */
  setEdge(edge: Origin): void;
  edge(): Origin | undefined;
  /** Stops every registered origin, all at the same time. */
  stop(graceMs: number): Promise<void>;
}

/** `elsewhere` knows who answers for domains that nothing here is registered for. */
export function origins(elsewhere: (domain: string) => Origin | undefined = () => undefined): Origins {
  const byDomain = new Map<string, Origin>();
  let edge: Origin | undefined;
  return {
    register: (domain, origin) => void byDomain.set(domain, origin),
    find: (domain) => byDomain.get(domain) ?? elsewhere(domain),
    setEdge: (origin) => {
      edge = origin;
    },
    edge: () => edge ?? [...byDomain.values()][0],
    stop: async (graceMs) => void (await Promise.all([...byDomain.values()].map((origin) => origin.stop?.(graceMs)))),
  };
}
