// What browsers are told of every answer at the one address: where its parts may come from, who may embed it, that it comes over TLS only.
import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { inlineStyleHashes } from './inline-styles.ts';

/** A year, which browsers' own lists ask for. Not for names below ours: they may be somebody else's. */
const TLS_ONLY = Duration.days(365);

/** What the pages never ask for, and nobody may ask for in their name. */
const POWERS = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'microphone', 'payment', 'usb'];

/** A policy for a behaviour: headers that CloudFront sets whatever the origin said. */
interface Headers {
  readonly contentSecurityPolicy: string;
  readonly custom?: Readonly<Record<string, string>>;
}

/**
 * Nothing but our own, except styles written into a page, by their hashes, and pictures of cats: they come from wherever the upstream keeps them,
 * and a picture can do nothing. `self` covers the WebSocket of the same address.
 *
 * @param pictures schemes of addresses of pictures of cats
 */
export const pageHeaders = (site: string, pictures: readonly string[]): Headers => ({
  contentSecurityPolicy: [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...inlineStyleHashes(site)].join(' '),
    ["img-src 'self' data: blob:", ...pictures].join(' '),
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  custom: {
    'permissions-policy': POWERS.map((power) => `${power}=()`).join(', '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  },
});

/** Answers for programs: somebody who opens one in a browser sees text, and nothing in it runs. */
export const apiHeaders: Headers = { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'" };

/** A stranger's picture, opened by itself, is an origin of its own without scripts; browsers draw around it with a style. */
export const pictureHeaders: Headers = {
  contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
};

export function headersPolicy(scope: Construct, id: string, { contentSecurityPolicy, custom }: Headers): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, `${id}Headers`, {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: TLS_ONLY, override: true },
    },
    ...(custom && {
      customHeadersBehavior: { customHeaders: Object.entries(custom).map(([header, value]) => ({ header, value, override: true })) },
    }),
  });
}

/** The same for an answer that a function at the edge gives by itself: no policy of a behaviour is applied to it. */
export const headersWritten = ({ contentSecurityPolicy, custom }: Headers): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': `max-age=${TLS_ONLY.toSeconds()}`,
  ...custom,
});
