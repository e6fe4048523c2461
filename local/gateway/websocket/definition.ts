// A WebSocket API as its resources describe it, filled in while the assembly is created and read by the gateway.
import type { Connections } from './connections.ts';
import type { Integration } from './integration.ts';

export interface WebSocketApi {
  readonly id: string;
  readonly name: string;
  /** `{id}.execute-api.{region}.amazonaws.com`. */
  readonly domain: string;
  /** Where functions of this host reach `@connections`, without the stage: `http://127.0.0.1:port`. */
  readonly managementUrl: string;
  /** Names on the way from a message to the value that is its route: `$request.body.a.b` is a, b. */
  readonly selection: readonly string[];
  readonly integrations: Map<string, Integration>;
  /** By route key, as they stand now: what stages with AutoDeploy serve. */
  readonly routes: Map<string, Route>;
  /** Routes as they stood when the deployment was made, by deployment id. */
  readonly deployments: Map<string, Routes>;
  readonly stages: Map<string, Stage>;
  readonly connections: Connections;
}

export type Routes = ReadonlyMap<string, Route>;

export interface Route {
  readonly id: string;
  /** `$connect`, `$disconnect`, `$default`, or a value of the selection expression. */
  readonly key: string;
  readonly integration: Integration;
  /** Whether what the function answers goes to the client (W5): a route response says so. */
  responds: boolean;
}

export interface Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly routes: Routes;
}
