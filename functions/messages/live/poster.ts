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

/** Requests under way: sockets, and requests that wait on one socket for the answers to those before them. */
const SOCKETS = 20;
const PIPELINING = 10;
const TIMEOUT_MS = 2_000;
/** Longer than any request takes. Sockets may have been cut while the environment was frozen, which stops their own clocks. */
const MAX_IDLE_MS = 5_000;
const NOTHING = Buffer.alloc(0);
/** Throttled posts (429) and failures of the API (5xx) were not delivered; they are tried again. */
const PAUSES_MS = [50, 200];

const OPTIONS = {
  connections: SOCKETS,
  pipelining: PIPELINING,
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  // Pipelining is HTTP/1.1's; measured with that.
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

  return {
    async post(connectionId, frame) {
      for (let attempt = 0; ; attempt++) {
        const status = await send('POST', connectionId, frame).catch((error: Error) => {
          log.warn('post without an answer', error);
          return undefined;
        });
        if (status === 200) return 'sent';
        if (status === 410) return 'gone';
        const pause = PAUSES_MS[attempt];
        if (status === undefined || (status !== 429 && status < 500) || pause === undefined) return 'failed';
        await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
      }
    },
    async close(connectionId) {
      await send('DELETE', connectionId, NOTHING).catch((error: Error) => log.warn('connection not closed, its own limits will', error));
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

/** Posts may be pipelined: each is for another connection, and the posts of one connection wait for each other. */
function statusOf(pool: Dispatcher, request: Request): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    pool.dispatch(
      { ...request, idempotent: true },
      {
        onRequestStart() {},
        onResponseStart(_, statusCode) {
          status = statusCode;
        },
        onResponseData() {},
        onResponseEnd: () => resolve(status),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

/** Lambda's own, which it renews. */
const credentials = () => ({
  accessKeyId: env('AWS_ACCESS_KEY_ID'),
  secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
  sessionToken: process.env.AWS_SESSION_TOKEN,
});
