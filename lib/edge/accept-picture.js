// API Gateway sends bytes only to those whose first Accept type is a picture; at this address everybody wants the picture.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name
function handler(event) {
  const request = event.request;
  request.headers.accept = { value: 'image/png' };
  return request;
}
