// Events as API Gateway hands them to a function (R1), as far as the HTTP stack reads them.
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

export const GATEWAY_REQUEST_ID = '6f1c2f7e-3f0b-4d5e-9d5c-0a3f1c2b4d5e';

export const gatewayEvent = (changes: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent => ({
  resource: '/things/{id}',
  path: '/things/7',
  httpMethod: 'GET',
  headers: {},
  multiValueHeaders: {},
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: null,
  stageVariables: null,
  body: null,
  isBase64Encoded: false,
  requestContext: { requestId: GATEWAY_REQUEST_ID } as APIGatewayProxyEvent['requestContext'],
  ...changes,
});

export const context = { getRemainingTimeInMillis: () => 1_000 } as Context;
