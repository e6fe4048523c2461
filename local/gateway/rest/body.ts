// Reads a request's body within a limit: API Gateway's (R13), or another door's.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayFailure } from './failure.ts';

const LIMIT_BYTES = 10 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);

/**
 * Rejects with REQUEST_TOO_LARGE as soon as the limit is known to be passed. The rest is then read and dropped, not cut off:
 * a reset connection would take the answer with it while the client is still sending.
 */
export function readBody(request: IncomingMessage, response: ServerResponse, limitBytes = LIMIT_BYTES): Promise<Buffer> | Buffer {
  const length = request.headers['content-length'];
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return EMPTY;
  if (Number(length) > limitBytes) throw tooLarge(limitBytes);
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge(limitBytes));
      }
    });
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new GatewayFailure('DEFAULT_4XX', 'the client went away while it was sending'));
    });
  });
}

const tooLarge = (limitBytes: number) => new GatewayFailure('REQUEST_TOO_LARGE', `body over ${limitBytes} bytes`);
