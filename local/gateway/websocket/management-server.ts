// The port on which functions reach `@connections`. Every pushed frame passes here, thousands a second: Node's own HTTP
// server writes each answer by a call of the system of its own, which took as long as everything else together. The only clients are functions.
import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Addresses } from '../../host.ts';
import { newRequestId } from './event.ts';
import type { ManagementAnswer, ManagementRequest } from './management.ts';
import { requestReader } from './request-reader.ts';

export interface ManagementServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  serve(handler: (request: ManagementRequest) => ManagementAnswer): void;
  stop(): Promise<void>;
}

export async function managementServer({ listen, connectionsPort }: Addresses): Promise<ManagementServer> {
  let handle: (request: ManagementRequest) => ManagementAnswer = () => ({ status: 503, body: '', headers: '' });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that went away; its next request comes on another connection.
    socket.on('error', () => socket.destroy());
    const read = requestReader();
    socket.on('data', (chunk: Buffer) => {
      const { requests, broken } = read(chunk);
      // All that came together is answered together.
      const answers = requests.map((request) => head(handle(request))).join('');
      if (answers !== '') socket.write(answers);
      if (broken) socket.end(BROKEN);
    });
  });
  server.listen(connectionsPort, listen);
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(handler) {
      handle = handler;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function head({ status, headers, body }: ManagementAnswer): string {
  const length = status === 204 ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nx-amzn-RequestId: ${newRequestId()}\r\n${headers}${length}\r\n${body}`;
}

const BROKEN = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
