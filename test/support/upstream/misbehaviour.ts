// Faults of the connection: what reaches the client is not a whole answer, or is too much of one.
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from '../../../functions/cats/upstream-stub/answer.ts';
import type { FaultKind } from './faults.ts';

export interface Exchange {
  readonly response: ServerResponse;
  /** What a healthy upstream would say. */
  readonly good: Answer;
  /** Path and query as they came. */
  readonly target: string;
  /** Keeps the exchange open until the upstream is released, then calls `end`. */
  readonly hang: (end: () => void) => void;
}

const HUGE_BYTES = 256 * 1024 * 1024;

const misbehaviours = {
  hang: ({ response, good, hang }: Exchange) => hang(() => send(response, good)),
  'hang after headers': ({ response, good, hang }: Exchange) => {
    const { first, second } = halves(response, good);
    response.write(first);
    hang(() => response.end(second));
  },
  cut: ({ response, good }: Exchange) => {
    response.write(halves(response, good).first, () => response.socket?.destroy());
  },
  reset: ({ response }: Exchange) => {
    response.socket?.resetAndDestroy();
  },
  redirect: ({ response, target }: Exchange) => {
    const port = response.socket?.localPort;
    response.writeHead(302, { location: `http://localhost:${port}/moved${target}` }).end();
  },
  'redirect loop': ({ response, target }: Exchange) => {
    response.writeHead(302, { location: target }).end();
  },
  huge: ({ response, good }: Exchange) => {
    response.writeHead(200, good.headers);
    // A client that has read enough ends the connection: that is no failure here.
    pipeline(Readable.from(endlessly(good.body)), response).catch(() => undefined);
  },
} as const satisfies Partial<Record<FaultKind, (exchange: Exchange) => void>>;

export type Misbehaviour = keyof typeof misbehaviours;

export const isMisbehaviour = (kind: FaultKind): kind is Misbehaviour => kind in misbehaviours;

export const misbehave = (kind: Misbehaviour, exchange: Exchange): void => misbehaviours[kind](exchange);

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function halves(response: ServerResponse, { status, headers, body }: Answer) {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  return { first: bytes.subarray(0, bytes.length / 2), second: bytes.subarray(bytes.length / 2) };
}

/** The rows over and over, valid JSON for who reads to the end. */
function* endlessly(body: string) {
  const rows = body.slice(1, -1);
  yield `[${rows}`;
  for (let bytes = 0; bytes < HUGE_BYTES; bytes += rows.length) yield `,${rows}`;
  yield ']';
}
