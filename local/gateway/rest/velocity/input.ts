// `$input`: the body and the parameters of the method request.
import { GatewayFailure } from '../failure.ts';
import { headerMaps } from '../headers.ts';
import type { GatewayRequest, RequestContext } from '../integration.ts';
import { queryMaps } from '../query.ts';
import type { Input, Parameters } from './scope.ts';
import type { Value } from './values.ts';

/** Of the integration request: the client's body. */
export const requestInput = (request: GatewayRequest, context: RequestContext): Input =>
  withParameters(request, context, () => (request.body.length === 0 ? '{}' : request.body.toString()), parsed);

/** Of the integration response: what the service answered. The parameters stay those of the client. */
export const responseInput = (request: GatewayRequest, context: RequestContext, answer: Value): Input =>
  withParameters(
    request,
    context,
    () => JSON.stringify(answer),
    () => answer,
  );

function withParameters(request: GatewayRequest, context: RequestContext, text: () => string, read: (text: () => string) => Value): Input {
  let root: { readonly value: Value } | undefined;
  return {
    body: text,
    json() {
      root ??= { value: read(text) };
      return root.value;
    },
    params: () => parameters(request, context),
    param: (name) => pathParameter(context, name) ?? queryParameter(request, name) ?? header(request, name) ?? '',
  };
}

/** What AWS answers to a body that its template cannot read. */
function parsed(text: () => string): Value {
  try {
    return JSON.parse(text());
  } catch (error) {
    throw new GatewayFailure('DEFAULT_4XX', `body: ${(error as Error).message}`, { message: 'Could not parse request body into json' });
  }
}

/** Decoded, unlike in proxy events (R4). The gateway has refused paths that cannot be. */
function pathParameter({ pathParameters }: RequestContext, name: string): string | undefined {
  const value = pathParameters && Object.hasOwn(pathParameters, name) ? pathParameters[name] : undefined;
  return value?.includes('%') ? decodeURIComponent(value) : value;
}

const queryParameter = ({ query }: GatewayRequest, name: string) =>
  query === '' ? undefined : queryMaps(query).queryStringParameters?.[name];

/** The last of several (R3), whatever the case of its name. */
function header({ rawHeaders }: GatewayRequest, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let i = rawHeaders.length - 2; i >= 0; i -= 2) {
    if (rawHeaders[i]?.length === name.length && rawHeaders[i]?.toLowerCase() === wanted) return rawHeaders[i + 1];
  }
  return undefined;
}

function parameters(request: GatewayRequest, context: RequestContext): Parameters {
  const names = Object.keys(context.pathParameters ?? {});
  return {
    path: Object.fromEntries(names.map((name) => [name, pathParameter(context, name) ?? ''])),
    querystring: queryMaps(request.query).queryStringParameters ?? {},
    header: headerMaps(request.rawHeaders, context).headers,
  };
}
