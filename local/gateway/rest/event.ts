// The event of a Lambda proxy integration (R1–R5, R11).
import { headerMaps, headerOf } from './headers.ts';
import type { GatewayRequest, RequestContext } from './integration.ts';
import { isBinary } from './media-types.ts';
import { queryMaps } from './query.ts';

/** JSON text: built once, in the order in which AWS writes it. */
export function proxyEvent(request: GatewayRequest, context: RequestContext): string {
  const { route, stage, api } = context;
  const isBase64Encoded = request.body.length > 0 && isBinary(headerOf(request.rawHeaders, 'content-type'), api.binaryMediaTypes);
  return JSON.stringify({
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.verb,
    ...headerMaps(request.rawHeaders, context),
    ...queryMaps(request.query),
    pathParameters: context.pathParameters,
    stageVariables: stage.variables,
    requestContext: requestContext(request, context),
    body: request.body.length === 0 ? null : request.body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  });
}

function requestContext(request: GatewayRequest, context: RequestContext) {
  const { api, stage, route, requestId, apiKey } = context;
  return {
    resourceId: route.resourceId,
    resourcePath: route.resourcePath,
    httpMethod: request.verb,
    extendedRequestId: context.extendedRequestId,
    requestTime: commonLogTime(context.receivedAt),
    path: `/${stage.name}${request.path}`,
    accountId: api.accountId,
    protocol: context.protocol,
    stage: stage.name,
    domainPrefix: api.id,
    requestTimeEpoch: context.receivedAt,
    requestId,
    identity: {
      cognitoIdentityPoolId: null,
      ...(apiKey && { apiKey: apiKey.value, apiKeyId: apiKey.id }),
      cognitoIdentityId: null,
      principalOrgId: null,
      cognitoAuthenticationType: null,
      userArn: null,
      userAgent: headerOf(request.rawHeaders, 'user-agent') ?? null,
      accountId: null,
      caller: null,
      sourceIp: context.sourceIp,
      accessKey: null,
      cognitoAuthenticationProvider: null,
      user: null,
    },
    domainName: api.domain,
    deploymentId: stage.deploymentId,
    apiId: api.id,
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `09/Apr/2015:12:34:56 +0000`. */
export function commonLogTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
