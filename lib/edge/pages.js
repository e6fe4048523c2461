// Leads the address of a page to its file; what the site does not have is answered with its 404 page.
const files = 'FILES';
const notFound = 'NOT_FOUND';

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name
function handler(event) {
  const request = event.request;
  const path = request.uri.replace(/\/+$/, '');
  const candidates = [request.uri, `${path}/index.html`];
  for (const candidate of candidates) {
    if (files.indexOf(candidate) !== -1 && candidate !== '/404.html') {
      request.uri = candidate;
      return request;
    }
  }
  return {
    statusCode: 404,
    statusDescription: 'Not Found',
    headers: { 'content-type': { value: 'text/html; charset=utf-8' }, 'cache-control': { value: 'no-store' } },
    body: { encoding: 'text', data: notFound },
  };
}
