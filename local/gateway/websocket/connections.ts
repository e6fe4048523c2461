// The established connections of an API, as `@connections` finds them.
import type { Connection } from './connection.ts';

/** By stage and id: an id is known only under the stage that its client asked for. */
export interface Connections {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  find(stage: string, connectionId: string): Connection | undefined;
  all(): readonly Connection[];
}

export function connections(): Connections {
  const byId = new Map<string, Connection>();
  return {
    add: (connection) => void byId.set(connection.client.connectionId, connection),
    remove: ({ client }) => void byId.delete(client.connectionId),
    find(stage, connectionId) {
      const found = byId.get(connectionId);
      return found?.client.stage.name === stage ? found : undefined;
    },
    all: () => [...byId.values()],
  };
}
