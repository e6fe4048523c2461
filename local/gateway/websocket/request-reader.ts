// HTTP/1.1 requests out of the bytes of one connection: a head, and a body of the length that it says. That is how clients of `@connections` send;
// anything else is refused, and the connection closed.

import { MESSAGE_BYTES } from './limits.ts';
import type { ManagementRequest } from './management.ts';

export interface Read {
  /** Complete requests, in their order. */
  readonly requests: readonly ManagementRequest[];
  /** What came is no request: nothing after it can be understood. */
  readonly broken: boolean;
}

const END_OF_HEAD = '\r\n\r\n';
const HEAD_BYTES = 16 * 1024;
/** More than a message may have, so that a message too large gets its own answer. */
const BODY_BYTES = 8 * MESSAGE_BYTES;
const REQUEST_LINE = /^([A-Z]+) (\/\S*) HTTP\/1\.1\r\n/;
const LENGTH = /\r\ncontent-length: *(\d{1,9}) *\r\n/i;
const CODED = /\r\ntransfer-encoding:/i;

/** Takes the bytes of a connection, chunk by chunk. */
export function requestReader(): (chunk: Buffer) => Read {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const requests: ManagementRequest[] = [];
    let at = 0;
    for (;;) {
      const end = bytes.indexOf(END_OF_HEAD, at, 'latin1');
      if (end === -1) {
        rest = bytes.subarray(at);
        return { requests, broken: rest.length > HEAD_BYTES };
      }
      const head = bytes.toString('latin1', at, end + 2);
      const [, method, url] = REQUEST_LINE.exec(head) ?? [];
      const length = Number(LENGTH.exec(head)?.[1] ?? 0);
      if (method === undefined || url === undefined || CODED.test(head) || length > BODY_BYTES) return { requests, broken: true };
      const from = end + END_OF_HEAD.length;
      if (bytes.length < from + length) {
        rest = bytes.subarray(at);
        return { requests, broken: false };
      }
      requests.push({ method, url, body: bytes.subarray(from, from + length) });
      at = from + length;
    }
  };
}
