// A bucket behind a distribution with origin access control: reads only, and no word about what does not exist.
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Origin } from './origins.ts';
import { headerOf } from './rest/headers.ts';

/** What S3 answers to; the rest of the viewer's headers is none of its business. */
const ASKED = ['if-none-match', 'if-match', 'if-modified-since', 'if-unmodified-since', 'range'];
const ANSWERED = [
  'content-type',
  'content-length',
  'content-range',
  'content-encoding',
  'content-language',
  'content-disposition',
  'accept-ranges',
  'cache-control',
  'etag',
  'last-modified',
];

/** `storageUrl` is the S3 endpoint; objects are read path-style. */
export function bucketOrigin(storageUrl: string, bucket: string): Origin {
  const agent = new Agent({ keepAlive: true });
  return {
    async serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return sendError(request, response, 405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
      const path = request.url?.split('?', 1)[0] ?? '/';
      const found = await get(`${storageUrl}/${bucket}${path}`, request, agent);
      const status = found.statusCode ?? 500;
      // Who may not list a bucket is not told that a key is missing.
      if (path === '/' || status === 404) {
        found.resume();
        return sendError(request, response, 403, 'AccessDenied', 'Access Denied');
      }
      response.writeHead(
        status,
        ANSWERED.flatMap((name) => (found.headers[name] === undefined ? [] : [name, String(found.headers[name])])),
      );
      await pipeline(found, response);
    },
  };
}

function get(url: string, { method = 'GET', rawHeaders }: IncomingMessage, agent: Agent): Promise<IncomingMessage> {
  const asked = ASKED.flatMap((name) => {
    const value = headerOf(rawHeaders, name);
    // A tag turned weak where the edge compressed; S3 knows only strong ones.
    return value === undefined ? [] : [[name, value.replace(/^W\//, '')] as const];
  });
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers: Object.fromEntries(asked), agent }, resolve)
      .on('error', reject)
      .end();
  });
}

function sendError(request: IncomingMessage, response: ServerResponse, status: number, code: string, message: string) {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, ['Content-Type', 'application/xml', 'Content-Length', String(body.length)]);
  response.end(request.method === 'HEAD' ? undefined : body);
}
