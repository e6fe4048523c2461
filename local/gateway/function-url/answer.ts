// What a function's answer becomes at its URL (U5, U6).
import type { GatewayAnswer } from '../rest/integration.ts';
import { isSendable, wireName } from '../wire-headers.ts';

/** The function answered something that no HTTP answer can be made of (U7). */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** `payload` is the function's JSON text. Throws `MalformedAnswer`. */
export function urlAnswer(payload: string): GatewayAnswer {
  const answer: unknown = JSON.parse(payload);
  if (!isObject(answer) || isAbsent(answer.statusCode)) {
    // A text goes out as it is, without its quotes.
    return { status: 200, headers: ['Content-Type', 'application/json'], body: typeof answer === 'string' ? answer : payload };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = answer;
  const status = Number(statusCode);
  if (typeof statusCode === 'object' || !Number.isInteger(status) || status < 200 || status > 599)
    throw new MalformedAnswer(`answered the status code ${JSON.stringify(statusCode)}`);
  if (typeof body === 'object' && body !== null) throw new MalformedAnswer('answered a body that is no text; stringify it');
  const text = isAbsent(body) ? '' : String(body);
  return {
    status,
    headers: [...headersOf(headers), ...cookiesOf(cookies)],
    body: String(isBase64Encoded) === 'true' ? Buffer.from(text, 'base64') : text,
  };
}

function headersOf(headers: unknown): string[] {
  if (!isAbsent(headers) && !isObject(headers)) throw new MalformedAnswer('answered headers that are no object');
  const flat = Object.entries(headers ?? {}).flatMap(([sent, value]) => {
    if (typeof value === 'object' && value !== null) throw new MalformedAnswer(`answered the header ${sent} that is no text`);
    const name = wireName(sent);
    return name === undefined || isAbsent(value) ? [] : sendable(name, String(value));
  });
  return flat.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-type')
    ? flat
    : [...flat, 'Content-Type', 'application/json'];
}

function cookiesOf(cookies: unknown): string[] {
  if (isAbsent(cookies)) return [];
  if (!Array.isArray(cookies)) throw new MalformedAnswer('answered cookies that are no list');
  return cookies.flatMap((cookie: unknown) => sendable('Set-Cookie', String(cookie)));
}

function sendable(name: string, value: string): [string, string] {
  if (!isSendable(name, value)) throw new MalformedAnswer(`answered the header ${JSON.stringify(name)} that cannot be sent`);
  return [name, value];
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
