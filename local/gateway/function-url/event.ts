// The event of a function URL: payload format 2.0 (U2–U4).
import type { IncomingMessage } from 'node:http';
import { commonLogTime } from '../rest/event.ts';

export interface Invocation {
  /** Id of the URL. */
  readonly urlId: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** JSON text. What a request does not have is missing, where REST APIs write null. */
export function urlEvent(request: IncomingMessage, body: Buffer, { urlId, requestId, receivedAt }: Invocation): string {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const rawPath = question === -1 ? url : url.slice(0, question);
  const rawQueryString = question === -1 ? '' : url.slice(question + 1);
  const { cookie, ...headers } = headersOf(
    request,
    `Root=1-${Math.floor(receivedAt / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(8)}`,
  );
  const isBase64Encoded = body.length > 0 && !isText(headers['content-type']);
  return JSON.stringify({
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/).filter(Boolean) }),
    headers,
    ...(rawQueryString !== '' && { queryStringParameters: joined(new URLSearchParams(rawQueryString)) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: urlId,
      domainName: headers.host ?? '',
      domainPrefix: urlId,
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(receivedAt),
      timeEpoch: receivedAt,
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  });
}

/** Belong to the connection, or are set by Lambda whatever the client claims. */
const DROPPED = new Set(['connection', 'expect', 'transfer-encoding', 'x-amzn-trace-id', 'x-forwarded-port', 'x-forwarded-proto']);

function headersOf({ rawHeaders, socket }: IncomingMessage, traceId: string): Record<string, string> {
  const sent: [string, string][] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) sent.push([(rawHeaders[i] ?? '').toLowerCase(), rawHeaders[i + 1] ?? '']);
  const values = joined(sent.filter(([name]) => !DROPPED.has(name)));
  const cookies = sent.filter(([name]) => name === 'cookie').map(([, value]) => value);
  const sender = socket.remoteAddress ?? '127.0.0.1';
  return Object.assign(values, {
    // Cookies of several lines are separated as those of one line are.
    ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
    'x-amzn-trace-id': traceId,
    'x-forwarded-for': values['x-forwarded-for'] === undefined ? sender : `${values['x-forwarded-for']},${sender}`,
    'x-forwarded-port': String(socket.localPort ?? 0),
    'x-forwarded-proto': 'http',
  });
}

/** Several values of a name are one, with commas (U3). */
function joined(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of pairs) values[name] = name in values ? `${values[name]},${value}` : value;
  return values;
}

/** U4: every other type, also none at all and forms, arrives in base64. */
function isText(contentType = ''): boolean {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || ['application/json', 'application/xml', 'application/javascript'].includes(type);
}
