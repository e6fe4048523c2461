// The request that an origin gets: what the behaviour's policies forward, and what CloudFront adds.
import { type Forwarding, type Selection, selects } from './policies.ts';

/** Forwarded whatever the policies say: they frame the body, ask for a part, or carry the connection. */
const ALWAYS = /^(?:content-.*|transfer-encoding|if-.*|range|date|expect|connection|upgrade|sec-websocket-.*|x-forwarded-for)$/;

export interface Forwards {
  readonly policies: readonly Forwarding[];
  /** The origin's own domain, its `Host` unless a policy forwards the viewer's. */
  readonly domain: string;
  /** Name, value, name, value …: the origin's custom headers. */
  readonly customHeaders: readonly string[];
}

/** `raw` is name, value, name, value … as the viewer sent it. */
export function originHeaders(raw: readonly string[], { policies, domain, customHeaders }: Forwards): string[] {
  const any = (part: 'headers' | 'cookies', name: string) => policies.some((policy) => selects(policy[part], name));
  const result: string[] = [];
  if (!any('headers', 'host')) result.push('Host', domain);
  if (!any('headers', 'user-agent')) result.push('User-Agent', 'Amazon CloudFront');
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? '';
    const lower = name.toLowerCase();
    if (lower === 'cookie') {
      const kept = (raw[i + 1] ?? '').split(/;\s*/).filter((pair) => any('cookies', pair.split('=', 1)[0] ?? ''));
      if (kept.length > 0) result.push(name, kept.join('; '));
    } else if (ALWAYS.test(lower) || any('headers', lower)) result.push(name, raw[i + 1] ?? '');
  }
  return [...result, ...customHeaders];
}

/** `query` as sent, without `?`. */
export function originQuery(query: string, policies: readonly Forwarding[]): string {
  const selections: readonly Selection[] = policies.map((policy) => policy.query);
  if (query === '' || selections.some(({ mode }) => mode === 'all')) return query;
  return query
    .split('&')
    .filter((pair) => selections.some((selection) => selects(selection, pair.split('=', 1)[0] ?? '')))
    .join('&');
}
