// The parts of a console's template that tests of the distribution are about.
import type { Template } from 'aws-cdk-lib/assertions';

export interface Behaviour {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy: string;
  readonly AllowedMethods?: readonly string[];
  readonly ResponseHeadersPolicyId?: { readonly Ref: string } | undefined;
  readonly FunctionAssociations?: readonly {
    readonly EventType: string;
    readonly FunctionARN: { readonly 'Fn::GetAtt': readonly string[] };
  }[];
}

export interface DistributionConfig {
  readonly CacheBehaviors: readonly Behaviour[];
  readonly DefaultCacheBehavior: Behaviour;
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
  readonly [other: string]: any;
}

export interface HeadersPolicy {
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
  readonly SecurityHeadersConfig: Readonly<Record<string, any>>;
  readonly CustomHeadersConfig?: { readonly Items: readonly { readonly Header: string; readonly Value: string }[] };
}

const resources = (template: Template | undefined, type: string) => Object.entries(template?.findResources(type) ?? {});

export function distributionOf(template: Template | undefined): DistributionConfig {
  const [[, found] = []] = resources(template, 'AWS::CloudFront::Distribution');
  if (!found) throw new Error('The template has no distribution');
  return found.Properties.DistributionConfig;
}

/** By logical id. */
export const headersPolicies = (template: Template | undefined): Record<string, HeadersPolicy> =>
  Object.fromEntries(
    resources(template, 'AWS::CloudFront::ResponseHeadersPolicy').map(([id, { Properties }]) => [
      id,
      Properties.ResponseHeadersPolicyConfig,
    ]),
  );

/** Content security policy of the pages. */
export function pageContent(template: Template | undefined): string {
  const { ResponseHeadersPolicyId } = distributionOf(template).DefaultCacheBehavior;
  return headersPolicies(template)[ResponseHeadersPolicyId?.Ref ?? '']?.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
}

const HEADERS = ['ContentSecurityPolicy', 'ContentTypeOptions', 'FrameOptions', 'ReferrerPolicy', 'StrictTransportSecurity'];

/** Behaviours whose answers lack a security header, with what they lack. */
export function unprotected(config: DistributionConfig, policies: Record<string, HeadersPolicy>): string[] {
  const all = [...config.CacheBehaviors, { ...config.DefaultCacheBehavior, PathPattern: 'the pages' }];
  return all.flatMap(({ PathPattern, ResponseHeadersPolicyId }) => {
    const headers = policies[ResponseHeadersPolicyId?.Ref ?? '']?.SecurityHeadersConfig;
    if (!headers) return [`${PathPattern}: no policy`];
    return HEADERS.flatMap((name) => {
      if (!headers[name]) return [`${PathPattern}: ${name} is not set`];
      return headers[name].Override === true ? [] : [`${PathPattern}: ${name} may be overridden by the origin`];
    });
  });
}
