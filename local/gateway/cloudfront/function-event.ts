// The event of a CloudFront Function and what comes back from it, against node's raw header lists.
import type { IncomingMessage } from 'node:http';
import type { Head } from './response-head.ts';

export interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}
export type Values = Readonly<Record<string, Value>>;

export interface FunctionRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Values;
  /** Names in lower case. */
  readonly headers: Values;
  readonly cookies: Values;
}

export interface FunctionResponse {
  readonly statusCode: number;
  readonly statusDescription?: string;
  readonly headers?: Values;
  readonly cookies?: Readonly<Record<string, Value & { readonly attributes?: string }>>;
  readonly body?: string | { readonly encoding?: 'text' | 'base64'; readonly data: string };
}

export interface FunctionEvent {
  readonly version: '1.0';
  readonly context: {
    readonly distributionDomainName: string;
    readonly distributionId: string;
    readonly eventType: 'viewer-request' | 'viewer-response';
    readonly requestId: string;
  };
  readonly viewer: { readonly ip: string };
  readonly request: FunctionRequest;
  readonly response?: FunctionResponse;
}

export type FunctionResult = FunctionRequest | FunctionResponse;

export const isResponse = (result: FunctionResult): result is FunctionResponse => 'statusCode' in result;

/** `path` and `query` as sent. */
export function functionRequest({ method = 'GET', rawHeaders }: IncomingMessage, path: string, query: string): FunctionRequest {
  const cookies = pairs(rawHeaders).flatMap(([name, value]) => (name === 'cookie' ? value.split(/;\s*/).map(splitPair) : []));
  return {
    method,
    uri: path,
    querystring: values(query === '' ? [] : query.split('&').map(splitPair)),
    headers: values(pairs(rawHeaders).filter(([name]) => name !== 'cookie')),
    cookies: values(cookies),
  };
}

/** What a viewer-request function made of the request: its URL and raw headers. */
export function rewritten({ uri, querystring, headers, cookies }: FunctionRequest): { path: string; query: string; rawHeaders: string[] } {
  const joined = (map: Values) => flat(map).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const cookie = joined(cookies ?? {});
  return {
    path: uri,
    query: joined(querystring ?? {}).join('&'),
    rawHeaders: [...flat(headers ?? {}).flat(), ...(cookie.length > 0 ? ['cookie', cookie.join('; ')] : [])],
  };
}

export const functionResponse = ({ status, headers }: Head): FunctionResponse => ({
  statusCode: status,
  headers: values(pairs(headers).filter(([name]) => name !== 'set-cookie')),
  cookies: Object.fromEntries(pairs(headers).flatMap(([name, value]) => (name === 'set-cookie' ? [responseCookie(value)] : []))),
});

/** The head of a function's response; its `Content-Length` is left to whoever sends the body. */
export function headOf({ statusCode, headers = {}, cookies = {} }: FunctionResponse): Head {
  const setCookies = Object.entries(cookies).flatMap(([name, { value, attributes }]) => [
    'set-cookie',
    `${name}=${value}${attributes ? `; ${attributes}` : ''}`,
  ]);
  return { status: statusCode, headers: [...flat(headers).flat(), ...setCookies] };
}

export function bodyOf({ body }: FunctionResponse): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8');
}

function responseCookie(header: string): [string, Value & { attributes: string }] {
  const [pair = '', ...attributes] = header.split(/;\s*/);
  const [name, value] = splitPair(pair);
  return [name, { value, attributes: attributes.join('; ') }];
}

function values(list: readonly (readonly [name: string, value: string])[]): Values {
  const map = new Map<string, string[]>();
  for (const [name, value] of list) map.set(name, [...(map.get(name) ?? []), value]);
  return Object.fromEntries(
    [...map].map(([name, all]) => [
      name,
      { value: all.at(-1) ?? '', ...(all.length > 1 && { multiValue: all.map((value) => ({ value })) }) },
    ]),
  );
}

const flat = (map: Values): [string, string][] =>
  Object.entries(map).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value }]).map((one): [string, string] => [name, one.value]),
  );

function pairs(raw: readonly string[]): [name: string, value: string][] {
  const result: [string, string][] = [];
  for (let i = 0; i < raw.length; i += 2) result.push([raw[i]?.toLowerCase() ?? '', raw[i + 1] ?? '']);
  return result;
}

function splitPair(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}
