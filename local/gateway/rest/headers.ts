// Header lists (`name, value, name, value …`, as node gives them raw) in the shapes that API Gateway hands on.
import type { RequestContext } from './integration.ts';

export interface HeaderMaps {
  /** The last value of each name. */
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
}

/** Value of the first header of that name (lower case), or undefined. */
export function headerOf(raw: readonly string[], name: string): string | undefined {
  for (let i = 0; i < raw.length; i += 2) if (raw[i]?.length === name.length && raw[i]?.toLowerCase() === name) return raw[i + 1];
  return undefined;
}

/** R3: names as sent, but for two that AWS capitalises; connection headers stay behind; who sent it is added. */
export function headerMaps(
  raw: readonly string[],
  { sourceIp, port, traceId }: Pick<RequestContext, 'sourceIp' | 'port' | 'traceId'>,
): HeaderMaps {
  const headers: Record<string, string> = Object.create(null);
  const multiValueHeaders: Record<string, string[]> = Object.create(null);
  let forwardedFor = sourceIp;
  for (let i = 0; i < raw.length; i += 2) {
    const sent = raw[i] ?? '';
    const value = raw[i + 1] ?? '';
    const name = RENAMED[sent.toLowerCase()] ?? sent;
    if (name === DROPPED) continue;
    if (name === FORWARDED_FOR) {
      forwardedFor = `${value}, ${sourceIp}`;
      continue;
    }
    headers[name] = value;
    const values = multiValueHeaders[name];
    if (values) values.push(value);
    else multiValueHeaders[name] = [value];
  }
  const added = {
    'X-Amzn-Trace-Id': traceId,
    [FORWARDED_FOR]: forwardedFor,
    'X-Forwarded-Port': String(port),
    'X-Forwarded-Proto': 'http',
  };
  for (const [name, value] of Object.entries(added)) {
    headers[name] = value;
    multiValueHeaders[name] = [value];
  }
  return { headers, multiValueHeaders };
}

const DROPPED = '';
const FORWARDED_FOR = 'X-Forwarded-For';

const RENAMED: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  authorization: 'Authorization',
  'user-agent': 'User-Agent',
  'content-length': DROPPED,
  connection: DROPPED,
  'transfer-encoding': DROPPED,
  // Answered by the gateway itself.
  expect: DROPPED,
  // Set by the gateway, whatever the client claims.
  'x-amzn-trace-id': DROPPED,
  'x-forwarded-port': DROPPED,
  'x-forwarded-proto': DROPPED,
  'x-forwarded-for': FORWARDED_FOR,
});
