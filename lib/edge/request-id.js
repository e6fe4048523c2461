// Pages come from a bucket, which knows no request ids: they carry the edge's own, which is the one in its log.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name
function handler(event) {
  const response = event.response;
  response.headers['x-request-id'] = { value: event.context.requestId };
  return response;
}
