// The host's only public door: one HTTP server, on loopback unless it stands in a container, that hands each request to whom it is for.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Host } from '../host.ts';
import { destination } from './destination.ts';

/** Above API Gateway's limit of 10,240 bytes, so that the gateway answers and not the parser. */
const MAX_HEADER_BYTES = 32 * 1024;

export interface EdgeServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** Takes no more connections, finishes what is in flight for at most `graceMs`, then closes the rest. */
  stop(graceMs: number): Promise<void>;
}

/** Rejects with a sentence where the port is taken. */
export async function edgeServer(host: Host): Promise<EdgeServer> {
  let stopping = false;
  const upgraded = new Set<Duplex>();
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000 });
  server.on('request', serve);
  // Whoever reads the body says whether to continue, so that a refused upload is never sent.
  server.on('checkContinue', serve);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // The server lets go of a socket that is upgraded; without a listener, a client that resets it would end the host.
    socket.on('error', () => socket.destroy());
    const origin = destination(request, host);
    if (!origin?.upgrade) return void socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    origin.upgrade(request, socket, head);
  });

  function serve(request: IncomingMessage, response: ServerResponse) {
    response.once('close', () => {
      // Node closes connections that are idle when the server stops, not those that become so.
      if (stopping) setImmediate(() => server.closeIdleConnections());
    });
    answer(request, response, host).catch((error: unknown) => fail(error, request, response, host));
  }

  await listening(server, host.options.port, host.options.addresses.listen);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop(graceMs) {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const giveUp = setTimeout(() => {
        server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }, graceMs);
      // Their sockets are the server's, which closes when the last of them is gone.
      await host.origins.stop(graceMs);
      await closed;
      clearTimeout(giveUp);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, host: Host): Promise<void> {
  const origin = destination(request, host);
  if (origin) return origin.serve(request, response);
  response
    .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
    .end('The hosted application has no REST API and no distribution.\n');
}

function fail(error: unknown, request: IncomingMessage, response: ServerResponse, host: Host) {
  // A client that went away is nobody's failure.
  const level = request.destroyed && !response.writableEnded ? 'debug' : 'error';
  host.log(level, 'edge', `${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`);
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal server error"}');
}

function listening(server: ReturnType<typeof createServer>, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken by another program. End that one, or choose another port with --port.`)
          : error,
      ),
    );
    server.listen(port, address, resolve);
  });
}
