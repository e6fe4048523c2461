// Who may call the APIs, as the stage's configuration says: anybody, principals of IAM, or holders of tokens.
import { Duration } from 'aws-cdk-lib';
import { AuthorizationType, type MethodOptions, ResponseType, type RestApi, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { IWebSocketRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Construct } from 'constructs';
import { type Platform, ServiceFunction } from './service-function.ts';

export interface Authorization {
  readonly rest: Pick<MethodOptions, 'authorizer' | 'authorizationType'>;
  /** Of `$connect`; frames of a connection that was let in are not asked again. */
  readonly connect: IWebSocketRouteAuthorizer | undefined;
}

/** API Gateway keeps answers so long: a token that has expired opens at most a minute longer. */
const KEPT = Duration.minutes(1);

/** Three parts in base64url. Anything else is a 401 before a function runs. */
const BEARER = '^Bearer [A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$';

export function authorization(scope: Construct, platform: Platform): Authorization {
  const { authorizer } = platform.config.edge;
  if (authorizer.kind === 'none') return { rest: {}, connect: undefined };
  if (authorizer.kind === 'iam') return { rest: { authorizationType: AuthorizationType.IAM }, connect: new WebSocketIamAuthorizer() };
  const handler = tokenReader(scope, platform, authorizer);
  return {
    rest: {
      authorizer: new TokenAuthorizer(scope, 'Tokens', { handler: handler.live, resultsCacheTtl: KEPT, validationRegex: BEARER }),
    },
    // A browser can add no header to a handshake.
    connect: new WebSocketLambdaAuthorizer('Tokens', handler.live, { identitySource: ['route.request.querystring.token'] }),
  };
}

/**
 * A token that is missing and one that is bad are one answer, 401; the function denies only the latter. RFC 9110 wants of every 401 which kind of
 * authentication would do.
 */
export function answerTokens(api: RestApi): void {
  for (const type of [ResponseType.UNAUTHORIZED, ResponseType.ACCESS_DENIED])
    api.addGatewayResponse(`On${type.responseType}`, {
      type,
      statusCode: '401',
      responseHeaders: { 'x-request-id': 'context.requestId', 'WWW-Authenticate': "'Bearer'" },
      templates: { 'application/json': '{"message":"Unauthorized"}' },
    });
}

/** Outside the network of the data: it needs the issuer alone. */
function tokenReader(scope: Construct, platform: Platform, { issuer, audience }: { issuer: string; audience: string }): ServiceFunction {
  const fn = new ServiceFunction(
    scope,
    'Authorize',
    { ...platform, network: undefined },
    {
      entry: 'operations/authorize',
      // Two answers of the issuer at 3 s each, and the start of an environment.
      timeout: Duration.seconds(8),
      memorySize: 512,
      monitoring: { impact: 'nobody is let in whose token was not seen within the last minute' },
    },
  );
  fn.addEnvironment('TOKEN_ISSUER', issuer);
  fn.addEnvironment('TOKEN_AUDIENCE', audience);
  return fn;
}
