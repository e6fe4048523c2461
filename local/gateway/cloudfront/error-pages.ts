// CustomErrorResponses of a distribution, and the page that CloudFront shows where there is none.
import type { ServerResponse } from 'node:http';

export interface ErrorPage {
  /** The status that the viewer gets. */
  readonly status: number;
  /** Path of the page; undefined keeps the origin's body. */
  readonly path: string | undefined;
}

interface CustomErrorResponse {
  readonly ErrorCode: number | string;
  readonly ResponseCode?: number | string;
  readonly ResponsePagePath?: string;
}

/** By the origin's status. */
export const errorPages = (responses: readonly CustomErrorResponse[]): ReadonlyMap<number, ErrorPage> =>
  new Map(
    responses.map(({ ErrorCode, ResponseCode, ResponsePagePath }) => [
      Number(ErrorCode),
      { status: Number(ResponseCode ?? ErrorCode), path: ResponsePagePath },
    ]),
  );

/** CloudFront's own error, in its words. */
export function refusal(response: ServerResponse, status: number, reason: string): void {
  const body = `<!DOCTYPE html><html lang="en"><head><title>ERROR: The request could not be satisfied</title></head><body><h1>${status} ERROR</h1><h2>The request could not be satisfied.</h2><p>${reason}</p></body></html>`;
  response.writeHead(status, [
    'Content-Type',
    'text/html',
    'Content-Length',
    String(Buffer.byteLength(body)),
    'X-Cache',
    'Error from cloudfront',
  ]);
  response.end(body);
}
