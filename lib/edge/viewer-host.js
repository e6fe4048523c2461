// By which address a client came, for the function behind the WebSocket: the origin itself is asked under its own name. What a client says of it is lost.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name
function handler(event) {
  const request = event.request;
  request.headers['x-viewer-host'] = { value: request.headers.host.value };
  return request;
}
