// What a function's answer becomes on the wire (R9–R11).
import { isSendable, wireName } from '../wire-headers.ts';
import type { GatewayAnswer } from './integration.ts';

/** AWS reads the answer with a typed JSON reader: scalars turn into each other, objects and lists into nothing. */
type Scalar = string | number | boolean | null;

const KEYS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * `payload` is the function's JSON text; `decodes` tells that the client wants binary media (R11).
 * Throws what `malformed` makes of the reason where the answer breaks R9.
 */
export function proxyAnswer(payload: string, decodes: boolean, malformed: (reason: string) => Error): GatewayAnswer {
  const answer: unknown = JSON.parse(payload);
  if (!isObject(answer)) throw malformed(`answered ${payload.slice(0, 100)}: not an object`);
  const unknown = Object.keys(answer).find((key) => !KEYS.has(key));
  if (unknown !== undefined) throw malformed(`answered the unknown key "${unknown}"; API Gateway knows ${[...KEYS].join(', ')}`);
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = answer;

  const status = statusCode === undefined || statusCode === null ? 200 : Number(statusCode);
  if (!isScalar(statusCode) || !Number.isInteger(status) || status < 200 || status > 599) {
    throw malformed(`answered the status code ${JSON.stringify(statusCode)}`);
  }
  if (!isScalar(body)) throw malformed('answered a body that is no text; stringify it');
  const text = textOf(body) ?? '';
  return {
    status,
    headers: mergedHeaders(headers, multiValueHeaders, malformed),
    body: decodes && String(isBase64Encoded) === 'true' ? Buffer.from(text, 'base64') : text,
  };
}

/** R10: the multi values of a name first, then its single one if it is another; names as in `multiValueHeaders`. */
function mergedHeaders(single: unknown, multi: unknown, malformed: (reason: string) => Error): string[] {
  const byName = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, values] of entries(multi, 'multiValueHeaders', malformed)) {
    if (!Array.isArray(values)) throw malformed(`answered multiValueHeaders.${name} that is no list`);
    for (const value of values) add(byName, name, value, malformed);
  }
  for (const [name, value] of entries(single, 'headers', malformed)) add(byName, name, value, malformed);
  const flat: string[] = [];
  for (const { name, values } of byName.values()) for (const value of values) flat.push(name, value);
  if (!byName.has('content-type')) flat.push('Content-Type', 'application/json');
  return flat;
}

type Headers = Map<string, { readonly name: string; readonly values: string[] }>;

function add(byName: Headers, sent: string, value: unknown, malformed: (reason: string) => Error) {
  if (!isScalar(value)) throw malformed(`answered the header ${sent} that is no text`);
  const text = textOf(value);
  const name = wireName(sent);
  if (text === undefined || name === undefined) return;
  if (!isSendable(name, text)) throw malformed(`answered the header ${JSON.stringify(sent)} that cannot be sent`);
  const known = byName.get(name.toLowerCase());
  if (!known) byName.set(name.toLowerCase(), { name, values: [text] });
  else if (!known.values.includes(text)) known.values.push(text);
}

function entries(map: unknown, key: string, malformed: (reason: string) => Error): [string, unknown][] {
  if (map === undefined || map === null) return [];
  if (!isObject(map)) throw malformed(`answered ${key} that are no object`);
  return Object.entries(map);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): value is Scalar | undefined => value === null || typeof value !== 'object';
const textOf = (value: Scalar | undefined) => (value === null || value === undefined ? undefined : String(value));
