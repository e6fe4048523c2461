// One upstream with the API of thecatapi.com v1: asks with a deadline, tries again what may go well, and takes no half answers for whole ones.
import ky, { type KyInstance } from 'ky';
import type { UpstreamKind } from '../routes.ts';

export interface UpstreamAddress {
  readonly kind: UpstreamKind;
  /** Without a slash at the end; paths like `/breeds` follow. */
  readonly url: string;
  /** Empty: none is sent. */
  readonly key: string;
}

export interface Listing {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Rows of a page. */
  readonly limit: number;
  /** Rows that are wanted in all; without it, all there are. */
  readonly most?: number;
}

export interface Upstream {
  readonly kind: UpstreamKind;
  /** All rows of a list, unparsed. Throws with a sentence for people where the upstream does not give them whole. */
  list(listing: Listing): Promise<readonly unknown[]>;
}

export interface Patience {
  /** A try, from the request to the answer's headers; its body has the same time again. */
  readonly tryMs: number;
  /** Before the second try at most, with twice as much before each further one; chance decides. What `Retry-After` says counts instead. */
  readonly pauseMs: number;
  /** Whoever says how long to wait. */
  readonly longestPauseMs: number;
}
const PATIENCE: Patience = { tryMs: 5_000, pauseMs: 300, longestPauseMs: 5_000 };
const RETRIES = 3;
const TOO_MANY = 429;
const SERVER_ERRORS = Array.from({ length: 100 }, (_, n) => 500 + n);
/** A page of a hundred breeds has about 150 KB. */
const PAGE_BYTES = 5_000_000;
const MOST_PAGES = 1_000;

/** @param signal ends whatever is under way: the deadline of the run, or a lease that was lost. */
export function upstreamClient({ kind, url, key }: UpstreamAddress, signal: AbortSignal, patience = PATIENCE): Upstream {
  const { tryMs, pauseMs, longestPauseMs } = patience;
  const http = ky.create({
    prefix: url,
    headers: { accept: 'application/json', ...(key === '' ? {} : { 'x-api-key': key }) },
    redirect: 'error',
    signal,
    timeout: tryMs,
    retry: {
      limit: RETRIES,
      methods: ['get'],
      statusCodes: [TOO_MANY, ...SERVER_ERRORS],
      afterStatusCodes: [TOO_MANY, ...SERVER_ERRORS],
      maxRetryAfter: longestPauseMs,
      delay: (tries) => pauseMs * 2 ** (tries - 1),
      backoffLimit: longestPauseMs,
      jitter: true,
    },
  });

  async function list({ path, query = {}, limit, most = Number.POSITIVE_INFINITY }: Listing): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await ask(http, path, { ...query, limit: String(limit), page: String(page) }, signal, tryMs);
      for (const row of answer.rows) rows.push(row);
      const wanted = Math.min(answer.count ?? Number.NaN, most);
      if (rows.length >= (Number.isNaN(wanted) ? most : wanted)) return rows.slice(0, most);
      if (answer.rows.length === 0 || (answer.count === undefined && answer.rows.length < limit)) {
        if (Number.isNaN(wanted)) return rows;
        throw new Error(`${path} told of ${wanted} rows and gave ${rows.length}`);
      }
    }
    throw new Error(`${path} has more than ${MOST_PAGES} pages`);
  }

  return { kind, list };
}

interface Page {
  readonly rows: readonly unknown[];
  /** Of all pages; undefined where the upstream does not tell. */
  readonly count: number | undefined;
}

async function ask(
  http: KyInstance,
  path: string,
  searchParams: Record<string, string>,
  signal: AbortSignal,
  tryMs: number,
): Promise<Page> {
  try {
    const response = await http.get(path, { searchParams });
    const rows: unknown = JSON.parse(await bodyOf(response, AbortSignal.any([signal, AbortSignal.timeout(tryMs)])));
    if (!Array.isArray(rows)) throw new Error('what came is no list');
    const count = Number.parseInt(response.headers.get('pagination-count') ?? '', 10);
    return { rows, count: Number.isNaN(count) ? undefined : count };
  } catch (error) {
    throw new Error(`${path} failed: ${reasonOf(error, signal, tryMs)}`, { cause: error });
  }
}

/** At most `PAGE_BYTES`, and not longer than `signal` allows: an upstream may go on sending for ever. */
async function bodyOf(response: Response, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  const stop = () => void reader?.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      size += part.value.length;
      if (size > PAGE_BYTES) throw new Error(`the answer has more than ${PAGE_BYTES} bytes`);
      chunks.push(part.value);
    }
    signal.throwIfAborted();
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function reasonOf(error: unknown, signal: AbortSignal, tryMs: number): string {
  if (signal.aborted) return reason(signal.reason);
  if (error instanceof Error && error.name === 'TimeoutError') return `there was no whole answer within ${tryMs / 1000} s`;
  if (error instanceof SyntaxError) return `what came is not JSON, or only half of it (${error.message})`;
  return reason(error);
}

/** What `fetch` says is mostly "fetch failed"; why is in the innermost cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  let innermost = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  return innermost === error ? error.message : `${error.message} (${innermost.message})`;
}
