// What the CloudFront resources of a running host are, by the names with which distributions refer to them.
import type { Host } from '../../host.ts';
import type { EdgeFunction } from './edge-function.ts';
import type { HeadersPolicy } from './headers-policy.ts';
import type { CachePolicy, Forwarding } from './policies.ts';

interface CloudFront {
  /** By ARN. */
  readonly functions: Map<string, EdgeFunction>;
  /** By id. */
  readonly headersPolicies: Map<string, HeadersPolicy>;
  readonly cachePolicies: Map<string, CachePolicy>;
  readonly originRequestPolicies: Map<string, Forwarding>;
  /** Domain names, in the order of creation. */
  readonly distributions: string[];
}

const ofHosts = new WeakMap<Host, CloudFront>();

export function cloudFrontOf(host: Host): CloudFront {
  const known = ofHosts.get(host) ?? {
    functions: new Map(),
    headersPolicies: new Map(),
    cachePolicies: new Map(),
    originRequestPolicies: new Map(),
    distributions: [],
  };
  ofHosts.set(host, known);
  return known;
}

export const distributionsOf = (host: Host): readonly string[] => cloudFrontOf(host).distributions;
