// The port on which functions reach `@connections`: nothing between the socket and the handler, as every pushed frame passes here.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface ManagementServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  serve(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  stop(): Promise<void>;
}

export async function managementServer(): Promise<ManagementServer> {
  // Longer than clients keep a connection that they do not use, so that none is closed under a request.
  const server = createServer({ keepAliveTimeout: 65_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (handler) =>
      void server.on('request', (request, response) => {
        gather(request.socket);
        handler(request, response);
      }),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Posts come several at once on a connection: their answers leave together, in one call of the system instead of one each. */
function gather(socket: Socket): void {
  if (socket.writableCorked > 0) return;
  socket.cork();
  setImmediate(() => socket.uncork());
}
