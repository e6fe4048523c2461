// Leads the address of a page to its file; what the site does not have, or is not asked to be read, is answered with its 404 page. Assets pass:
// pages of the release before may still ask for theirs, which are no longer in the list.
const files = 'FILES';
const notFound = 'NOT_FOUND';
const securityHeaders = 'SECURITY_HEADERS';

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name
function handler(event) {
  const request = event.request;
  const path = request.uri.replace(/\/+$/, '');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && path.indexOf('/assets/') === 0) return request;
  const file = [path, `${path}/index.html`].filter((candidate) => files.indexOf(candidate) !== -1 && candidate !== '/404.html')[0];
  if (reads && file) {
    request.uri = file;
    return request;
  }
  const headers = {
    'content-type': { value: 'text/html; charset=utf-8' },
    'cache-control': { value: 'no-store' },
    'x-request-id': { value: event.context.requestId },
  };
  Object.keys(securityHeaders).forEach((name) => {
    headers[name] = { value: securityHeaders[name] };
  });
  return {
    statusCode: 404,
    statusDescription: 'Not Found',
    headers,
    body: { encoding: 'text', data: notFound },
  };
}
