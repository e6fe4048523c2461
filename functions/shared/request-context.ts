// The request that the running code serves. Several may run in one environment at once, so it travels with the async calls.
import { AsyncLocalStorage } from 'node:async_hooks';

/** Name of the header or message attribute that carries the request id from producer to consumer. */
export const REQUEST_ID = 'x-request-id';

export interface RequestContext {
  /** Of the HTTP request that caused this work, however many queues ago. */
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const inRequest = <Result>(context: RequestContext, work: () => Result): Result => storage.run(context, work);

/** `-` outside of any request, as in the init phase. */
export const requestId = (): string => storage.getStore()?.requestId ?? '-';

/** What a client may choose as its own request id: printable, short, safe in headers and logs. */
const acceptable = /^[\w.:@/+=-]{1,128}$/;

export const acceptedRequestId = (sent: string | undefined, otherwise: string): string =>
  sent !== undefined && acceptable.test(sent) ? sent : otherwise;
