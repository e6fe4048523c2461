// A REST API as its resources describe it, filled in while the assembly is created and read by the gateway.
import type { Integration } from './integration.ts';
import type { RouteTree } from './routes.ts';

export interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly rootResourceId: string;
  /** `{id}.execute-api.{region}.amazonaws.com`. */
  readonly domain: string;
  readonly accountId: string;
  readonly binaryMediaTypes: readonly string[];
  readonly resources: Map<string, ApiResource>;
  readonly methods: Method[];
  readonly gatewayResponses: Map<string, GatewayResponse>;
  /** Request validators by id: whether required parameters are checked. */
  readonly validators: Map<string, boolean>;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

export interface ApiResource {
  readonly parentId: string | undefined;
  /** `orders`, `{order_id}` or `{proxy+}`; empty for the root. */
  readonly pathPart: string;
}

export interface Method {
  readonly resourceId: string;
  /** A verb, or `ANY`. */
  readonly verb: string;
  readonly apiKeyRequired: boolean;
  /** `method.request.{querystring|header|path}.name` of the parameters without which the answer is 400; empty without a validator. */
  readonly requiredParameters: readonly string[];
  readonly integration: Integration;
}

export interface GatewayResponse {
  readonly statusCode: number | undefined;
  /** `gatewayresponse.header.X` to `'constant'`, `context.…` or `method.request.…`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Body by content type, with `$context.…` variables. */
  readonly templates: Readonly<Record<string, string>>;
}

/** What the API was when it was deployed: later resources are not in it. */
export interface Deployment {
  readonly routes: RouteTree;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
}

export interface Stage extends Deployment {
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>> | null;
}
