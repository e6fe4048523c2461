// Requests byte by byte, for what fetch normalises: header case, duplicates, odd paths.
import { once } from 'node:events';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { connect as secureConnect } from 'node:tls';
import { expect } from 'vitest';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Name, value, name, value … as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly bytes: Buffer;
}

/** Names below `localhost` are this machine, whatever its name server says. */
const LOOPBACK = /(^|\.)localhost(\.localstack\.cloud)?$/;

function addressOf(url: string) {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  return { secure, hostname: LOOPBACK.test(hostname) ? '127.0.0.1' : hostname, port: Number(port) || (secure ? 443 : 80) };
}

/** The path below the one that `url` has: a deployed API has its stage there. */
export const pathBelow = (url: string, path: string): string => new URL(url).pathname.replace(/\/$/, '') + path;

/** The first lines of a request for {@link exchange}. */
export const requestHead = (url: string, method: string, path: string): string =>
  `${method} ${pathBelow(url, path)} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n`;

/** `headers` go out as they stand: name, value, name, value … */
export async function send(
  url: string,
  path: string,
  { method = 'GET', headers = [], body = '' }: { method?: string; headers?: readonly string[]; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  const framed = body.length > 0 ? [...headers, 'Content-Length', String(Buffer.byteLength(body))] : [...headers];
  const { secure, hostname, port } = addressOf(url);
  const { host } = new URL(url);
  const hostHeader = framed.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'host') ? [] : ['Host', host];
  const outgoing = (secure ? secureRequest : request)({
    hostname,
    port,
    ...(secure && { servername: new URL(url).hostname }),
    path: pathBelow(url, path),
    method,
    headers: [...hostHeader, ...framed] as unknown as Record<string, string>,
    agent: false,
  });
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  const bytes = await buffer(answer);
  return { status: answer.statusCode, headers: answer.headers, rawHeaders: answer.rawHeaders, body: bytes.toString(), bytes };
}

/** What the gateway itself says, however its JSON is spaced. */
export const message = (text: string): unknown => expect.stringMatching(new RegExp(`^\\{"message": ?"${text}"\\}$`));

/** Writes `bytes` on a fresh connection and gives what has come back once `until` is in it. */
export async function exchange(url: string, bytes: string, until: string): Promise<string> {
  const { secure, hostname, port } = addressOf(url);
  const socket = secure ? secureConnect({ host: hostname, port, servername: new URL(url).hostname }) : connect(port, hostname);
  socket.write(bytes);
  let received = '';
  for await (const chunk of socket) {
    received += String(chunk);
    if (received.includes(until)) break;
  }
  socket.destroy();
  return received;
}
