// `context.…` and `method.request.…` as mappings name them outside Velocity templates.
import { commonLogTime } from './event.ts';
import type { GatewayFailure } from './failure.ts';
import { headerOf } from './headers.ts';
import type { GatewayRequest, RequestContext } from './integration.ts';
import { queryMaps } from './query.ts';

/** What is known when a gateway response is made; the route is missing where none matched. */
export interface Known {
  readonly request: GatewayRequest;
  readonly context: Omit<RequestContext, 'route' | 'pathParameters'> & Partial<Pick<RequestContext, 'route' | 'pathParameters'>>;
  readonly failure?: GatewayFailure;
}

type Reader = (known: Known) => string | undefined;

const CONTEXT: Readonly<Record<string, Reader>> = {
  requestId: ({ context }) => context.requestId,
  extendedRequestId: ({ context }) => context.extendedRequestId,
  xrayTraceId: ({ context }) => context.traceId,
  apiId: ({ context }) => context.api.id,
  accountId: ({ context }) => context.api.accountId,
  stage: ({ context }) => context.stage.name,
  domainName: ({ context }) => context.api.domain,
  domainPrefix: ({ context }) => context.api.id,
  httpMethod: ({ request }) => request.verb,
  path: ({ request, context }) => `/${context.stage.name}${request.path}`,
  protocol: ({ context }) => context.protocol,
  requestTime: ({ context }) => commonLogTime(context.receivedAt),
  requestTimeEpoch: ({ context }) => String(context.receivedAt),
  resourceId: ({ context }) => context.route?.resourceId,
  resourcePath: ({ context }) => context.route?.resourcePath,
  'identity.sourceIp': ({ context }) => context.sourceIp,
  'identity.userAgent': ({ request }) => headerOf(request.rawHeaders, 'user-agent'),
  'error.message': ({ failure }) => failure?.message,
  'error.messageString': ({ failure }) => failure && JSON.stringify(failure.message),
  'error.responseType': ({ failure }) => failure?.type,
};

/**
 * Reads a mapping: `'constant'`, `context.name`, `method.request.{header|querystring|path}.name` or `stageVariables.name`.
 * Undefined where the mapping is of another kind, so that load can refuse it.
 */
export function reader(mapping: string): Reader | undefined {
  const constant = /^'(.*)'$/s.exec(mapping)?.[1];
  if (constant !== undefined) return () => constant;
  const [, kind, name = ''] = /^(context|stageVariables|method\.request\.(?:header|querystring|path))\.(.+)$/.exec(mapping) ?? [];
  switch (kind) {
    case 'context':
      return CONTEXT[name];
    case 'stageVariables':
      return ({ context }) => context.stage.variables?.[name];
    case 'method.request.header':
      return ({ request }) => headerOf(request.rawHeaders, name.toLowerCase());
    case 'method.request.querystring':
      return ({ request }) => queryMaps(request.query).queryStringParameters?.[name];
    case 'method.request.path':
      return ({ context }) => context.pathParameters?.[name];
    default:
      return undefined;
  }
}

const VARIABLE = /\$(?:\{([\w.]+)\}|(context\.[\w.]+\w|stageVariables\.\w+))/g;

/** The variables of a gateway response's template; these are replaced only, they are no Velocity. */
export const variablesOf = (template: string) => [...template.matchAll(VARIABLE)].map(([, braced, plain]) => braced ?? plain ?? '');

/** Unknown values become empty text, as on AWS. */
export const substitute = (template: string, known: Known) =>
  template.replace(VARIABLE, (_, braced, plain) => reader(braced ?? plain)?.(known) ?? '');
