// A CloudFront distribution as an origin: path → behaviour → function → origin → error page, headers, compression.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Host } from '../../host.ts';
import type { Origin } from '../origins.ts';
import { type Behaviour, behaviour } from './behaviour.ts';
import { compressed } from './compression.ts';
import { type ErrorPage, errorPages, refusal } from './error-pages.ts';
import {
  type FunctionEvent,
  type FunctionRequest,
  functionRequest,
  functionResponse,
  headOf,
  isResponse,
  rewritten,
} from './function-event.ts';
import { withPolicy } from './headers-policy.ts';
import { originHeaders, originQuery } from './origin-request.ts';
import { type Head, interceptHead, type Outcome } from './response-head.ts';
import { split, type Target, target } from './target.ts';
import { functionFailed, notUpgraded, ran, sendGenerated } from './viewer-functions.ts';

// biome-ignore lint/suspicious/noExplicitAny: untyped template JSON
type Config = Readonly<Record<string, any>>;

/** One viewer's request on its way through a behaviour. */
interface Exchange {
  readonly behaviour: Behaviour;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the behaviour's functions see; undefined where it has none. */
  readonly asked: FunctionRequest | undefined;
}

/** Throws a sentence where an origin or a policy is not of this host. */
export function distribution(id: string, domain: string, config: Config, host: Host): Origin {
  const targets = new Map<string, Target>((config.Origins ?? []).map((origin: Config) => [origin.Id, target(origin, host)]));
  const behaviours = [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior].map((one: Config) => behaviour(one, targets, host));
  const pages = errorPages(config.CustomErrorResponses ?? []);
  const root = String(config.DefaultRootObject ?? '').replace(/^\//, '');
  // The default behaviour is last and matches everything.
  const behaviourFor = (path: string) => behaviours.find(({ matches }) => matches(path)) as Behaviour;

  function serve(request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    const [path, query] = split(request.url ?? '/');
    const found = behaviourFor(path);
    if (!found.methods.has(request.method ?? '')) return refusal(response, 403, METHOD_REFUSED);
    const hasFunctions = found.viewerRequest || found.viewerResponse;
    const asked = hasFunctions ? functionRequest(request, path, query) : undefined;
    if (!found.viewerRequest || !asked) return forward({ behaviour: found, request, response, asked }, path, query);
    const result = ran(host.log, found.viewerRequest, event('viewer-request', asked, request));
    if (!result) return functionFailed(response);
    if (isResponse(result)) return sendGenerated(result, request, response);
    const changed = rewritten(result);
    request.rawHeaders = changed.rawHeaders;
    return forward({ behaviour: found, request, response, asked: result }, changed.path, changed.query);
  }

  function forward(exchange: Exchange, path: string, query: string): void | Promise<void> {
    interceptHead(exchange.response, (head) => {
      const page = pages.get(head.status);
      if (page?.path !== undefined) return { kind: 'replace', answer: () => sendErrorPage(page, head.status, exchange) };
      return finished(page ? { ...head, status: page.status } : head, exchange);
    });
    prepare(exchange.behaviour, path, query, exchange.request);
    return exchange.behaviour.target.origin.serve(exchange.request, exchange.response);
  }

  /** Origins read `url` and `rawHeaders`; `headers` stays what the viewer sent, and frames the body. */
  function prepare({ target, forwards }: Behaviour, path: string, query: string, request: IncomingMessage) {
    const forwarded = originQuery(query, forwards);
    request.rawHeaders = originHeaders(request.rawHeaders, { ...target, policies: forwards });
    request.url = `${target.path}${path === '/' ? `/${root}` : path}${forwarded === '' ? '' : `?${forwarded}`}`;
  }

  function finished(head: Head, { behaviour, request, response, asked }: Exchange): Outcome {
    let { status, headers } = head;
    if (behaviour.headersPolicy) headers = withPolicy(headers, behaviour.headersPolicy, request.headers.origin);
    // CloudFront calls no viewer-response function for an error of the origin.
    if (behaviour.viewerResponse && asked && status < 400) {
      const input = { ...event('viewer-response', asked, request), response: functionResponse({ status, headers }) };
      const result = ran(host.log, behaviour.viewerResponse, input);
      if (!result) return { kind: 'replace', answer: () => functionFailed(response) };
      if (isResponse(result)) ({ status, headers } = headOf(result));
    }
    const sent = { status, headers };
    const encoded = request.method === 'HEAD' ? undefined : compressed(sent, request.headers['accept-encoding'], behaviour.encodings);
    return { kind: 'send', ...(encoded ?? { head: sent }) };
  }

  /** The page comes from the behaviour that matches its path; where that is an error too, the viewer gets the first error, plain. */
  function sendErrorPage(page: ErrorPage, status: number, { request, response }: Exchange) {
    const path = page.path ?? '/';
    const found = behaviourFor(path);
    Object.assign(request, { method: request.method === 'HEAD' ? 'HEAD' : 'GET', rawHeaders: [] });
    interceptHead(response, (head) => {
      if (head.status === 200) return finished({ ...head, status: page.status }, { behaviour: found, request, response, asked: undefined });
      return { kind: 'replace', answer: () => refusal(response, status, `The error page ${path} is missing, too.`) };
    });
    prepare(found, path, '', request);
    Promise.resolve(found.target.origin.serve(request, response)).catch((error: unknown) => {
      host.log('error', 'cloudfront', `error page ${path}: ${String(error)}`);
      response.destroy();
    });
  }

  const event = (eventType: FunctionEvent['context']['eventType'], asked: FunctionRequest, { socket }: IncomingMessage): FunctionEvent => ({
    version: '1.0',
    context: { distributionDomainName: domain, distributionId: id, eventType, requestId: randomUUID() },
    viewer: { ip: socket.remoteAddress ?? '127.0.0.1' },
    request: asked,
  });

  /** Its answer is the origin's to give: of the functions, only the one before it runs. */
  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    let [path, query] = split(request.url ?? '/');
    const found = behaviourFor(path);
    const { origin } = found.target;
    if (!origin.upgrade) return void socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    if (found.viewerRequest) {
      const result = ran(host.log, found.viewerRequest, event('viewer-request', functionRequest(request, path, query), request));
      if (!result) return functionFailed(notUpgraded(request, socket));
      if (isResponse(result)) return sendGenerated(result, request, notUpgraded(request, socket));
      const changed = rewritten(result);
      ({ path, query } = changed);
      request.rawHeaders = changed.rawHeaders;
    }
    prepare(found, path, query, request);
    origin.upgrade(request, socket, head);
  }

  return { serve, upgrade };
}

const METHOD_REFUSED = 'This distribution is not configured to allow the HTTP request method that was used for this request.';
