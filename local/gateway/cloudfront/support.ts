// Which parts of a DistributionConfig are honoured, which have no effect here and why; any other is refused.

// biome-ignore lint/suspicious/noExplicitAny: untyped template JSON
type Config = Readonly<Record<string, any>>;

interface Support {
  readonly honours: readonly string[];
  readonly ignores: Readonly<Record<string, string>>;
}

const loopback = 'the edge is this machine: one loopback port, plain HTTP';
const label = 'text for people';
const fresh = 'nothing is cached here, so that a rebuilt page shows at once';

const DISTRIBUTION: Support = {
  honours: ['Origins', 'DefaultCacheBehavior', 'CacheBehaviors', 'DefaultRootObject', 'CustomErrorResponses', 'Enabled'],
  ignores: {
    Aliases: loopback,
    Comment: label,
    HttpVersion: loopback,
    IPV6Enabled: loopback,
    Logging: 'the log of this host has a line a request with --verbose',
    PriceClass: 'nothing costs money here',
    Restrictions: loopback,
    ViewerCertificate: loopback,
    WebACLId: 'nothing from outside reaches loopback',
  },
};

const BEHAVIOUR: Support = {
  honours: [
    'PathPattern',
    'TargetOriginId',
    'AllowedMethods',
    'CachePolicyId',
    'OriginRequestPolicyId',
    'ResponseHeadersPolicyId',
    'FunctionAssociations',
    'Compress',
  ],
  ignores: { CachedMethods: fresh, ViewerProtocolPolicy: loopback },
};

const ORIGIN: Support = {
  honours: ['Id', 'DomainName', 'OriginPath', 'OriginCustomHeaders'],
  ignores: {
    ConnectionAttempts: loopback,
    ConnectionTimeout: loopback,
    CustomOriginConfig: loopback,
    OriginAccessControlId: 'buckets are open to this host',
    OriginShield: fresh,
    S3OriginConfig: 'buckets are open to this host',
  },
};

const ERROR_RESPONSE: Support = { honours: ['ErrorCode', 'ResponseCode', 'ResponsePagePath'], ignores: { ErrorCachingMinTTL: fresh } };

/** One sentence for each part that this edge cannot honour. */
export function refusedParts(config: Config): string[] {
  return [
    ...refused('DistributionConfig', [config], DISTRIBUTION),
    ...refused('a cache behaviour', [config.DefaultCacheBehavior, ...(config.CacheBehaviors ?? [])], BEHAVIOUR),
    ...refused('an origin', config.Origins ?? [], ORIGIN),
    ...refused('a custom error response', config.CustomErrorResponses ?? [], ERROR_RESPONSE),
  ];
}

const refused = (place: string, parts: readonly Config[], { honours, ignores }: Support): string[] =>
  parts
    .flatMap((part) => Object.keys(part ?? {}))
    .filter((name) => !honours.includes(name) && !(name in ignores))
    .map((name) => `${name} of ${place}; honoured are ${honours.join(', ')}.`);
