// A cache behaviour of a distribution, read once: which paths, which methods, which origin, what is done on the way.
import type { Host } from '../../host.ts';
import { cloudFrontOf } from './distributions.ts';
import type { EdgeFunction } from './edge-function.ts';
import { type HeadersPolicy, managedHeadersPolicies } from './headers-policy.ts';
import { type CachePolicy, type Forwarding, managedCachePolicies, managedOriginRequestPolicies } from './policies.ts';
import type { Target } from './target.ts';

// biome-ignore lint/suspicious/noExplicitAny: untyped template JSON
type Config = Readonly<Record<string, any>>;

export interface Behaviour {
  readonly matches: (path: string) => boolean;
  readonly methods: ReadonlySet<string>;
  readonly target: Target;
  readonly forwards: readonly Forwarding[];
  readonly encodings: { readonly gzip: boolean; readonly brotli: boolean };
  readonly headersPolicy: HeadersPolicy | undefined;
  readonly viewerRequest: EdgeFunction | undefined;
  readonly viewerResponse: EdgeFunction | undefined;
}

/** Throws a sentence where an origin, policy or function is not of this host. */
export function behaviour(config: Config, targets: ReadonlyMap<string, Target>, host: Host): Behaviour {
  const known = cloudFrontOf(host);
  const cache: CachePolicy =
    named('cache policy', config.CachePolicyId, managedCachePolicies, known.cachePolicies) ?? legacy(config.ForwardedValues);
  const origin = named('origin request policy', config.OriginRequestPolicyId, managedOriginRequestPolicies, known.originRequestPolicies);
  const compresses = String(config.Compress ?? false) === 'true';
  const edgeFunctionAt = (eventType: string) => {
    const association = (config.FunctionAssociations ?? []).find((one: Config) => one.EventType === eventType);
    return named('CloudFront function', association?.FunctionARN, known.functions);
  };
  return {
    matches: pathPattern(config.PathPattern ?? '*'),
    methods: new Set(config.AllowedMethods ?? ['GET', 'HEAD']),
    target: named('origin', config.TargetOriginId, targets) as Target,
    forwards: origin ? [cache.forwards, origin] : [cache.forwards],
    encodings: { gzip: compresses && cache.gzip, brotli: compresses && cache.brotli },
    headersPolicy: named('response headers policy', config.ResponseHeadersPolicyId, managedHeadersPolicies, known.headersPolicies),
    viewerRequest: edgeFunctionAt('viewer-request'),
    viewerResponse: edgeFunctionAt('viewer-response'),
  };
}

/** `*` stands for any text, `?` for one character; the leading slash may be left out. */
export function pathPattern(pattern: string): (path: string) => boolean {
  const source = (pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`)
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (path) => expression.test(path);
}

function named<T>(kind: string, id: string | undefined, ...known: ReadonlyMap<string, T>[]): T | undefined {
  if (id === undefined) return undefined;
  const found = known.map((map) => map.get(id)).find((value) => value !== undefined);
  if (found === undefined)
    throw new Error(`the ${kind} ${id} is neither defined in this assembly nor a managed one known here: define it in the app.`);
  return found;
}

function legacy(forwardedValues: unknown): never {
  throw new Error(
    `a behaviour has no CachePolicyId${forwardedValues ? ' but ForwardedValues, which AWS calls legacy' : ''}: give it a cache policy, such as CachingDisabled.`,
  );
}
