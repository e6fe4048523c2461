// Posts to connections of the WebSocket API. AWS's own client takes five times as long (`bench/posts.ts`), and a batch is a post for every connection.
import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import { env } from '../../shared/env.ts';
import { log } from '../../shared/logging.ts';
import { signer } from './signature.ts';

/** `failed`: nobody knows whether the client has it. */
export type Delivery = 'sent' | 'gone' | 'failed';

export interface Poster {
  /** One text frame, in UTF-8. */
  post(connectionId: string, frame: Buffer): Promise<Delivery>;
  /** Ends a connection, as far as there is one. */
  close(connectionId: string): Promise<void>;
}

export interface PosterOptions {
  /** Of the API's stage: `https://{api}.execute-api.{region}.amazonaws.com/{stage}`. */
  readonly endpoint: string;
  readonly region: string;
}

/** Requests under way: one on each. */
export const SOCKETS = 20;
/** A way to the API and an answer: both, and the pauses, within the time of the function. */
const CONNECT_TIMEOUT_MS = 1_000;
const TIMEOUT_MS = 2_000;
/** Longer than any request takes. Sockets may have been cut while the environment was frozen, which stops their own clocks. */
const MAX_IDLE_MS = 5_000;
const NOTHING = Buffer.alloc(0);
export const PAUSES_MS = [50, 200];
const THROTTLED = 429;
const GONE = 410;

const OPTIONS = {
  connections: SOCKETS,
  // Where a socket ends with several requests on it, undici sends all but the first again: who had them would have them twice.
  pipelining: 1,
  connectTimeout: CONNECT_TIMEOUT_MS,
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  allowH2: false,
};

export function poster({ endpoint, region }: PosterOptions): Poster {
  const { origin, host, pathname } = new URL(endpoint);
  const base = pathname.replace(/\/$/, '');
  const sign = signer(region, credentials, () => new Date());
  const sockets = freshAfter(MAX_IDLE_MS, () => new Pool(origin, OPTIONS));

  function send(method: 'POST' | 'DELETE', connectionId: string, body: Buffer): Promise<number> {
    const path = `${base}/@connections/${encodeURIComponent(connectionId)}`;
    const headers = sign({ method, host, path, body });
    return statusOf(sockets(), { method, path, headers, body: method === 'POST' ? body : null });
  }

  /** The last status; undefined where there was no answer. */
  async function patiently(
    method: 'POST' | 'DELETE',
    connectionId: string,
    body: Buffer,
    isWorthAnother: (status: number) => boolean,
  ): Promise<number | undefined> {
    for (let attempt = 0; ; attempt++) {
      const status = await send(method, connectionId, body).catch((error: Error) => {
        log.warn(`${method} without an answer`, error);
        return undefined;
      });
      const pause = PAUSES_MS[attempt];
      if (status === undefined || pause === undefined || !isWorthAnother(status)) return status;
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }

  return {
    // A throttled post was not delivered. One that the API failed at (5xx) may have been.
    async post(connectionId, frame) {
      const status = await patiently('POST', connectionId, frame, (status) => status === THROTTLED);
      return status === 200 ? 'sent' : status === GONE ? 'gone' : 'failed';
    },
    async close(connectionId) {
      const status = await patiently('DELETE', connectionId, NOTHING, (status) => status === THROTTLED || status >= 500);
      if (status !== 204 && status !== GONE) log.warn('connection not closed, its own limits will', { status });
    },
  };
}

/** The pool of the last use, or a new one where that was long ago by the clock on the wall. */
function freshAfter(idleMs: number, open: () => Pool): () => Pool {
  let pool = open();
  let usedAt = Date.now();
  return () => {
    const now = Date.now();
    if (now - usedAt > idleMs) {
      void pool.destroy();
      pool = open();
    }
    usedAt = now;
    return pool;
  };
}

type Request = Omit<Dispatcher.DispatchOptions, 'origin' | 'idempotent'>;

function statusOf(pool: Dispatcher, request: Request): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    pool.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_, statusCode) {
        status = statusCode;
      },
      onResponseData() {},
      onResponseEnd: () => resolve(status),
      onResponseError: (_, error) => reject(error),
    });
  });
}

/** Lambda's own, which it renews. */
const credentials = () => ({
  accessKeyId: env('AWS_ACCESS_KEY_ID'),
  secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
  sessionToken: process.env.AWS_SESSION_TOKEN,
});
