// The console's HTTP client: answers with their request id, deadlines, and errors that a page can show as they are.

export interface Answer {
  readonly status: number;
  readonly requestId: string | null;
  header(name: string): string | null;
  readonly body: Blob;
}

/** No usable answer. `message` is a sentence for the person; `requestId` finds the request in the logs. */
export class RequestFailed extends Error {
  readonly requestId: string | null;

  constructor(message: string, requestId: string | null = null) {
    super(message);
    this.requestId = requestId;
  }
}

/** An answer with a status that the caller does not expect. */
export function unexpected(answer: Answer): RequestFailed {
  const side = answer.status >= 500 ? 'The server could not finish this' : 'The server refused this';
  return new RequestFailed(`${side} (HTTP ${answer.status}).`, answer.requestId);
}

/**
 * GET `path`; any status is an answer. The body is read only where `readBody` says so: some are large and not needed.
 * `apiKey` is for routes that some stages ask the key for.
 * @throws RequestFailed when no answer comes within `deadline` ms; the signal's reason when the caller gives up
 */
export const get = (
  path: string,
  {
    apiKey,
    ...options
  }: { signal?: AbortSignal; deadline?: number; readBody?: (status: number) => boolean; apiKey?: string | undefined } = {},
): Promise<Answer> => exchange(path, apiKey === undefined ? {} : { headers: { 'x-api-key': apiKey } }, options);

/** POST without a body: all that it says is in its path. Otherwise as `get`. */
export const post = (path: string, idempotencyKey: string): Promise<Answer> =>
  exchange(path, { method: 'POST', headers: { 'idempotency-key': idempotencyKey } }, { deadline: 60_000 });

/** POST without a body to a route that needs the API key. What may not be done twice goes under an idempotency key. */
export const postWithKey = (path: string, apiKey: string, idempotencyKey?: string): Promise<Answer> =>
  exchange(
    path,
    { method: 'POST', headers: { 'x-api-key': apiKey, ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }) } },
    { deadline: 60_000 },
  );

/** Not `crypto.randomUUID`: that is there only where the page came over HTTPS or from this machine. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function exchange(
  path: string,
  init: RequestInit,
  options: { signal?: AbortSignal; deadline?: number; readBody?: (status: number) => boolean },
): Promise<Answer> {
  const { signal, deadline = 15_000, readBody = () => true } = options;
  const late = AbortSignal.timeout(deadline);
  try {
    const response = await fetch(path, { ...init, signal: signal ? AbortSignal.any([signal, late]) : late, cache: 'no-store' });
    const wanted = readBody(response.status);
    if (!wanted) await response.body?.cancel();
    return {
      status: response.status,
      requestId: response.headers.get('x-request-id'),
      header: (name) => response.headers.get(name),
      body: wanted ? await response.blob() : new Blob(),
    };
  } catch (error) {
    signal?.throwIfAborted();
    throw late.aborted ? new RequestFailed(`No answer within ${deadline / 1000} s.`) : new RequestFailed(unreachable(error));
  }
}

const unreachable = (error: unknown) =>
  `The server cannot be reached${error instanceof TypeError ? '' : ` (${String(error)})`}. Check that it runs and that you are connected.`;

export async function json(answer: Answer): Promise<unknown> {
  try {
    return JSON.parse(await answer.body.text());
  } catch {
    throw new RequestFailed(`The answer is not JSON (HTTP ${answer.status}).`, answer.requestId);
  }
}

/** POST `body` as JSON. XMLHttpRequest, because fetch does not tell how much has been sent. `onSent` gets 0..1. */
export function postJson(path: string, body: string, idempotencyKey: string, onSent: (fraction: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', 'application/json');
    request.setRequestHeader('idempotency-key', idempotencyKey);
    request.responseType = 'blob';
    request.timeout = 60_000;
    request.upload.onprogress = (event) => event.lengthComputable && onSent(event.loaded / event.total);
    request.onload = () =>
      resolve({
        status: request.status,
        requestId: request.getResponseHeader('x-request-id'),
        header: (name) => request.getResponseHeader(name),
        body: request.response as Blob,
      });
    request.onerror = () => reject(new RequestFailed(unreachable(new TypeError())));
    request.ontimeout = () => reject(new RequestFailed('No answer within 60 s.'));
    request.send(body);
  });
}
