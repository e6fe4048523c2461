// Cache and origin request policies: which headers, cookies and query strings a behaviour hands to its origin.
// Nothing is cached here, but what a policy withholds on AWS must be missing here too, or it is found out after the deployment.

export interface Selection {
  readonly mode: 'none' | 'all' | 'only' | 'except';
  /** Lower case for headers. */
  readonly names: ReadonlySet<string>;
}

export interface Forwarding {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly query: Selection;
}

export interface CachePolicy {
  readonly forwards: Forwarding;
  readonly gzip: boolean;
  readonly brotli: boolean;
}

export const selects = ({ mode, names }: Selection, name: string): boolean =>
  mode === 'all' || (mode === 'only' && names.has(name)) || (mode === 'except' && !names.has(name));

// biome-ignore lint/suspicious/noExplicitAny: untyped template JSON
type Config = Readonly<Record<string, any>>;

/** Reads `CachePolicyConfig`. */
export function cachePolicy(config: Config): CachePolicy {
  const parameters: Config = config.ParametersInCacheKeyAndForwardedToOrigin ?? {};
  // With a maximum of 0 seconds nothing is cached, and CloudFront compresses only what it may cache.
  const caches = Number(config.MaxTTL ?? 1) > 0;
  const enabled = (name: string) => caches && String(parameters[name] ?? false) === 'true';
  return { forwards: forwarding(parameters), gzip: enabled('EnableAcceptEncodingGzip'), brotli: enabled('EnableAcceptEncodingBrotli') };
}

/** Reads `OriginRequestPolicyConfig`, or the same part of a cache policy. */
export function forwarding(config: Config): Forwarding {
  const { HeadersConfig = {}, CookiesConfig = {}, QueryStringsConfig = {} } = config;
  return {
    headers: selection(
      HeadersConfig.HeaderBehavior,
      HeadersConfig.Headers?.map((name: string) => name.toLowerCase()),
    ),
    cookies: selection(CookiesConfig.CookieBehavior, CookiesConfig.Cookies),
    query: selection(QueryStringsConfig.QueryStringBehavior, QueryStringsConfig.QueryStrings),
  };
}

const MODES: Readonly<Record<string, Selection['mode']>> = {
  none: 'none',
  whitelist: 'only',
  allExcept: 'except',
  all: 'all',
  allViewer: 'all',
  allViewerAndWhitelistCloudFront: 'all',
};

function selection(behaviour: string | undefined, names: readonly string[] = []): Selection {
  const mode = MODES[behaviour ?? 'none'];
  if (!mode) throw new Error(`unknown policy behaviour ${behaviour}; known are ${Object.keys(MODES).join(', ')}`);
  return { mode, names: new Set(names) };
}

/** AWS's managed policies that behaviours here may name, by id. */
export const managedCachePolicies: ReadonlyMap<string, CachePolicy> = new Map([
  // CachingOptimized
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', { forwards: forwarding({}), gzip: true, brotli: true }],
  // CachingOptimizedForUncompressedObjects
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', { forwards: forwarding({}), gzip: false, brotli: false }],
  // CachingDisabled
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', { forwards: forwarding({}), gzip: false, brotli: false }],
]);

const everything = { CookiesConfig: { CookieBehavior: 'all' }, QueryStringsConfig: { QueryStringBehavior: 'all' } };
const forCors = ['Origin', 'Access-Control-Request-Headers', 'Access-Control-Request-Method'];

export const managedOriginRequestPolicies: ReadonlyMap<string, Forwarding> = new Map([
  // AllViewer
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', forwarding({ ...everything, HeadersConfig: { HeaderBehavior: 'allViewer' } })],
  // AllViewerExceptHostHeader
  [
    'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    forwarding({ ...everything, HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['Host'] } }),
  ],
  // CORS-S3Origin
  ['88a5eaf4-2fd4-4709-b370-b4c650ea3fcf', forwarding({ HeadersConfig: { HeaderBehavior: 'whitelist', Headers: forCors } })],
  // CORS-CustomOrigin
  ['59781a5b-3903-41f3-afcb-af62929ccde1', forwarding({ HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] } })],
]);
