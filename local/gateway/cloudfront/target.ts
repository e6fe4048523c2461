// Where a distribution's requests go: its origins by id, and the parts of a viewer's URL.
import type { Host } from '../../host.ts';
import type { Origin } from '../origins.ts';
import type { Forwards } from './origin-request.ts';

// biome-ignore lint/suspicious/noExplicitAny: untyped template JSON
type Config = Readonly<Record<string, any>>;

export interface Target extends Omit<Forwards, 'policies'> {
  /** Put before each path; empty without one. */
  readonly path: string;
  readonly origin: Origin;
}

/** Reads one of `Origins`; throws a sentence where nobody here answers for its domain. */
export function target(config: Config, host: Host): Target {
  const domain: string = config.DomainName;
  const origin = host.origins.find(domain);
  if (!origin)
    throw new Error(`the origin ${domain} is nothing that this host runs: REST APIs, WebSocket APIs and buckets of the assembly are.`);
  const custom: readonly Config[] = config.OriginCustomHeaders ?? [];
  return {
    domain,
    origin,
    path: config.OriginPath ?? '',
    customHeaders: custom.flatMap(({ HeaderName, HeaderValue }) => [HeaderName, HeaderValue]),
  };
}

/** Path and query; dot segments are resolved, as CloudFront does, so that no path leaves its behaviour. */
export function split(url: string): [path: string, query: string] {
  const question = url.indexOf('?');
  const path = question === -1 ? url : url.slice(0, question);
  const normal = /\/(?:\.|%2e)/i.test(path) ? new URL(`http://edge${path}`).pathname : path;
  return [normal, question === -1 ? '' : url.slice(question + 1)];
}
