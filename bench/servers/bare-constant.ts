// The limit: Node's own HTTP server with the same answer, and nothing behind it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BODY } from './constant.ts';
import { serveUntilAbandoned } from './serve.ts';

const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(BODY) });
  response.end(BODY);
});
server.listen(0, '127.0.0.1', () => {
  serveUntilAbandoned(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, async () => server.closeAllConnections());
});
