// What happens on a connection, told to the functions behind its routes (W3, W5, W6).
import type { Host } from '../../host.ts';
import { GatewayFailure } from '../rest/failure.ts';
import type { Client } from './client.ts';
import type { Connection } from './connection.ts';
import type { WebSocketApi } from './definition.ts';
import { disconnectEvent, messageEvent, newRequestId } from './event.ts';
import { routeOf } from './routing.ts';

export interface Deliveries {
  message(connection: Connection, text: string): Promise<void>;
  disconnect(client: Client, code: number, reason: string): Promise<void>;
}

export function deliveries(api: WebSocketApi, { log }: Host): Deliveries {
  function failureOf(error: unknown, place: string): string {
    const failure = error instanceof GatewayFailure ? error : undefined;
    log('error', 'websocket', `${place}: ${failure?.detail ?? (error instanceof Error ? error.stack : String(error))}`);
    return failure?.message ?? 'Internal server error';
  }

  return {
    async message(connection, text) {
      const { client } = connection;
      const requestId = newRequestId();
      const refuse = (message: string) =>
        connection.send(Buffer.from(JSON.stringify({ message, connectionId: client.connectionId, requestId })));
      const route = routeOf(text, client.stage, api);
      if (!route) return void refuse('Forbidden');
      try {
        const { body } = await route.integration(messageEvent(api, client, route.key, text, requestId));
        if (route.responds && body.length > 0) connection.send(Buffer.from(body));
      } catch (error) {
        refuse(failureOf(error, `${client.connectionId} ${route.key}`));
      }
    },

    async disconnect(client, code, reason) {
      log('debug', 'websocket', `${client.connectionId} disconnected from ${api.name}/${client.stage.name}: ${code} ${reason}`);
      try {
        await client.stage.routes.get('$disconnect')?.integration(disconnectEvent(api, client, code, reason, newRequestId()));
      } catch (error) {
        failureOf(error, `${client.connectionId} $disconnect`);
      }
    },
  };
}
