// Leads the address of a page to its file; what the site does not have, or is not asked to be read, is answered with its 404 page.
const files = 'FILES';
const notFound = 'NOT_FOUND';

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name
function handler(event) {
  const request = event.request;
  const path = request.uri.replace(/\/+$/, '');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  for (const candidate of [path, `${path}/index.html`]) {
    if (reads && files.indexOf(candidate) !== -1 && candidate !== '/404.html') {
      request.uri = candidate;
      return request;
    }
  }
  return {
    statusCode: 404,
    statusDescription: 'Not Found',
    headers: {
      'content-type': { value: 'text/html; charset=utf-8' },
      'cache-control': { value: 'no-store' },
      'x-request-id': { value: event.context.requestId },
    },
    body: { encoding: 'text', data: notFound },
  };
}
