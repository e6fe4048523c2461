// What every new version of a function must answer before it gets traffic: events that change nothing, or nothing that the next minute would not
// do anyway. Functions that only deployments call have none: they are not released step by step.

/** What API Gateway would send for a GET. */
function get(resource: string, pathParameters: Readonly<Record<string, string>> | null = null) {
  const path = Object.entries(pathParameters ?? {}).reduce((made, [name, value]) => made.replace(`{${name}}`, value), resource);
  return {
    resource,
    path,
    httpMethod: 'GET',
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters,
    stageVariables: null,
    requestContext: { requestId: 'release-probe', httpMethod: 'GET', path, resourcePath: resource },
    body: null,
    isBase64Encoded: false,
  };
}

const emptyQueueBatch = { Records: [] };

/** Nobody has anything of this name: the answer is that there is none, and it comes from the database. */
const NOBODY = 'release-probe';

/** By the function's entry below `functions/`. */
export const probes: Readonly<Record<string, object>> = {
  'status/api': get('/status'),
  'pictures/api': get('/api/{id}', { id: NOBODY }),
  'pictures/consumer': emptyQueueBatch,
  'pictures/relay': {},
  'messages/api': get('/endpoint/{id}', { id: '1' }),
  'messages/consumer': emptyQueueBatch,
  'messages/push': emptyQueueBatch,
  'messages/socket': emptyQueueBatch,
  'orders/api': get('/orders/find/{order_id}', { order_id: NOBODY }),
  'stock/api': get('/stock/find/{item_id}', { item_id: NOBODY }),
  'payment/api': get('/payment/find_user/{user_id}', { user_id: NOBODY }),
  'cats/api': get('/api/v1/breeds/{id}', { id: NOBODY }),
  // A whole run, as the schedule asks for each minute: it answers also where the upstream fails.
  'cats/sync': { action: 'tick' },
  'workers/api': get('/api/workers'),
  'metrics/api': get('/metrics'),
};
