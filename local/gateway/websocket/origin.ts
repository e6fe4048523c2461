// A WebSocket API as an origin: upgrades become connections, `@connections` is served, other requests are refused.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { Host } from '../../host.ts';
import type { Origin } from '../origins.ts';
import { type Client, clientOf } from './client.ts';
import { type Connection, openConnection } from './connection.ts';
import type { WebSocketApi } from './definition.ts';
import { deliveries } from './deliveries.ts';
import { admission, refuse, requested } from './handshake.ts';
import { CLOSE, MESSAGE_BYTES } from './limits.ts';
import { managementHandler } from './management.ts';

const STOPPING = { status: 503, body: '{"message":"Service Unavailable"}' };

export function webSocketOrigin(api: WebSocketApi, host: Host): Origin {
  const { log, options } = host;
  const { message, disconnect } = deliveries(api, host);
  const manage = managementHandler(api);
  const protocols = new WeakMap<IncomingMessage, string>();
  const alive = new Set<Promise<void>>();
  let stopping = false;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES,
    // Only what `$connect` chose: API Gateway accepts no subprotocol by itself.
    handleProtocols: (_, request) => protocols.get(request) ?? false,
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    if (stopping) return refuse(socket, STOPPING);
    const asked = requested(api, request);
    if ('status' in asked) return refuse(socket, asked);
    const client = clientOf(request, asked.stage, Date.now());
    const admitted = await admission(api, client, request, asked.query);
    if ('status' in admitted) {
      log(admitted.detail ? 'error' : 'debug', 'websocket', `${client.connectionId} refused: ${admitted.status} ${admitted.detail ?? ''}`);
      return refuse(socket, admitted);
    }
    // `$connect` may have noted the connection, so `$disconnect` must follow.
    if (stopping || !socket.readable || !socket.writable) {
      refuse(socket, STOPPING);
      return opened()(client, 1006, '');
    }
    if (admitted.protocol !== undefined) protocols.set(request, admitted.protocol);
    const closed = opened();
    let established = false;
    server.handleUpgrade(request, socket, head, (webSocket) => {
      established = true;
      const connection: Connection = openConnection({ webSocket, socket: socket as Socket }, client, options.timeScale, {
        message: (text) => message(connection, text),
        closing: () => api.connections.remove(connection),
        closed: (code, reason) => closed(client, code, reason),
      });
      api.connections.add(connection);
      log('debug', 'websocket', `${client.connectionId} connected to ${api.name}/${client.stage.name} from ${client.sourceIp}`);
    });
    // Refused by the library, which has answered: for a malformed list of subprotocols, say.
    if (!established) closed(client, 1006, '');
  }

  /** To be called when it has closed: the host's end waits for what `$disconnect` says, for a while. */
  function opened() {
    const { promise, resolve } = Promise.withResolvers<void>();
    alive.add(promise);
    return (client: Client, code: number, reason: string) => {
      disconnect(client, code, reason).finally(() => {
        alive.delete(promise);
        resolve();
      });
    };
  }

  return {
    serve(request, response) {
      // The edge leaves it to whoever reads the body.
      if (request.headers.expect) response.writeContinue();
      manage(request, response);
    },
    upgrade(request, socket, head) {
      upgrade(request, socket, head).catch((error: unknown) => {
        log('error', 'websocket', `upgrade: ${error instanceof Error ? error.stack : String(error)}`);
        socket.destroy();
      });
    },
    async stop(graceMs) {
      stopping = true;
      for (const connection of api.connections.all()) connection.close(CLOSE.goingAway);
      await Promise.race([Promise.all(alive), pause(graceMs, undefined, { ref: false })]);
    },
  };
}
