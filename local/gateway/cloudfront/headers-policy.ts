// Response headers policies: headers that a behaviour removes, sets and adds.
import { headerOf } from '../rest/headers.ts';

interface Setting {
  readonly name: string;
  readonly value: string;
  /** False: an origin's own header stays. */
  readonly override: boolean;
}

export interface HeadersPolicy {
  /** Lower case. */
  readonly removes: ReadonlySet<string>;
  readonly sets: readonly Setting[];
  /** Set only where the request has an `Origin`. */
  readonly cors: ((origin: string) => readonly Setting[]) | undefined;
}

/** `headers` is name, value, name, value …; `origin` the request's `Origin`. */
export function withPolicy(headers: readonly string[], policy: HeadersPolicy, origin: string | undefined): string[] {
  const settings = [...policy.sets, ...(origin === undefined ? [] : (policy.cors?.(origin) ?? []))];
  const applied = settings.filter(({ name, override }) => override || headerOf(headers, name.toLowerCase()) === undefined);
  const replaced = new Set(applied.map(({ name }) => name.toLowerCase()));
  const result: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const [name = '', value = ''] = headers.slice(i, i + 2);
    const lower = name.toLowerCase();
    if (!policy.removes.has(lower) && !replaced.has(lower)) result.push(name, value);
  }
  for (const { name, value } of applied) result.push(name, value);
  return result;
}

// biome-ignore lint/suspicious/noExplicitAny: untyped template JSON
type Config = Readonly<Record<string, any>>;

/** Reads `ResponseHeadersPolicyConfig`. */
export function headersPolicy(config: Config): HeadersPolicy {
  const custom: readonly Config[] = config.CustomHeadersConfig?.Items ?? [];
  const removed: readonly Config[] = config.RemoveHeadersConfig?.Items ?? [];
  return {
    removes: new Set(removed.map(({ Header }) => String(Header).toLowerCase())),
    sets: [
      ...securityHeaders(config.SecurityHeadersConfig ?? {}),
      ...custom.map(({ Header, Value, Override }) => ({ name: Header, value: Value, override: isTrue(Override) })),
    ],
    cors: config.CorsConfig && corsHeaders(config.CorsConfig),
  };
}

function securityHeaders(config: Config): Setting[] {
  const settings: Setting[] = [];
  const add = (part: Config | undefined, name: string, value: (part: Config) => string) => {
    if (part) settings.push({ name, value: value(part), override: isTrue(part.Override) });
  };
  add(config.ContentSecurityPolicy, 'Content-Security-Policy', (part) => part.ContentSecurityPolicy);
  add(config.ContentTypeOptions, 'X-Content-Type-Options', () => 'nosniff');
  add(config.FrameOptions, 'X-Frame-Options', (part) => part.FrameOption);
  add(config.ReferrerPolicy, 'Referrer-Policy', (part) => part.ReferrerPolicy);
  add(config.StrictTransportSecurity, 'Strict-Transport-Security', (part) =>
    [
      `max-age=${part.AccessControlMaxAgeSec}`,
      ...(isTrue(part.IncludeSubdomains) ? ['includeSubDomains'] : []),
      ...(isTrue(part.Preload) ? ['preload'] : []),
    ].join('; '),
  );
  add(config.XSSProtection, 'X-XSS-Protection', (part) =>
    isTrue(part.Protection) ? `1${isTrue(part.ModeBlock) ? '; mode=block' : ''}${part.ReportUri ? `; report=${part.ReportUri}` : ''}` : '0',
  );
  return settings;
}

function corsHeaders(config: Config): (origin: string) => readonly Setting[] {
  const override = isTrue(config.OriginOverride);
  const origins: readonly string[] = config.AccessControlAllowOrigins?.Items ?? [];
  const list = (key: string) => (config[key]?.Items ?? []).join(', ');
  const fixed = [
    ['Access-Control-Allow-Headers', list('AccessControlAllowHeaders')],
    ['Access-Control-Allow-Methods', list('AccessControlAllowMethods')],
    ['Access-Control-Expose-Headers', list('AccessControlExposeHeaders')],
    ['Access-Control-Allow-Credentials', isTrue(config.AccessControlAllowCredentials) ? 'true' : ''],
    ['Access-Control-Max-Age', String(config.AccessControlMaxAgeSec ?? '')],
  ].flatMap(([name = '', value = '']) => (value === '' ? [] : [{ name, value, override }]));
  return (origin) => {
    if (origins.includes('*')) return [{ name: 'Access-Control-Allow-Origin', value: '*', override }, ...fixed];
    return origins.includes(origin) ? [{ name: 'Access-Control-Allow-Origin', value: origin, override }, ...fixed] : [];
  };
}

const isTrue = (value: unknown) => String(value) === 'true';

/** AWS's managed policies, by id. */
export const managedHeadersPolicies: ReadonlyMap<string, HeadersPolicy> = new Map([
  [
    '67f7725c-6f97-4210-82d7-5512b31e9d03',
    headersPolicy({
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'SAMEORIGIN', Override: false },
        ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: false },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: false },
        XSSProtection: { Protection: true, ModeBlock: true, Override: false },
      },
    }),
  ],
  [
    '60669652-455b-4ae9-85a4-c4c02393f86c',
    headersPolicy({ CorsConfig: { AccessControlAllowOrigins: { Items: ['*'] }, OriginOverride: false } }),
  ],
]);
