// Requests byte by byte, for what fetch normalises: header case, duplicates, odd paths.
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Name, value, name, value … as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** `headers` go out as they stand: name, value, name, value … */
export async function send(
  url: string,
  path: string,
  { method = 'GET', headers = [], body = '' }: { method?: string; headers?: readonly string[]; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  const framed = body.length > 0 ? [...headers, 'Content-Length', String(Buffer.byteLength(body))] : [...headers];
  const { hostname, port, host } = new URL(url);
  const hostHeader = framed.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'host') ? [] : ['Host', host];
  const outgoing = request({
    hostname,
    port,
    path,
    method,
    headers: [...hostHeader, ...framed] as unknown as Record<string, string>,
    agent: false,
  });
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  return { status: answer.statusCode, headers: answer.headers, rawHeaders: answer.rawHeaders, body: await text(answer) };
}

/** Writes `bytes` on a fresh connection and gives what has come back once `until` is in it. */
export async function exchange(url: string, bytes: string, until: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  let received = '';
  for await (const chunk of socket) {
    received += String(chunk);
    if (received.includes(until)) break;
  }
  socket.destroy();
  return received;
}
