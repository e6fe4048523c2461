// What stands behind a method: one file a type, all of this shape.
import type { Host } from '../../host.ts';
import type { RestApi, Stage } from './definition.ts';
import type { Match } from './routes.ts';

/** A request as the API sees it: the stage is cut off its path. */
export interface GatewayRequest {
  readonly verb: string;
  /** As sent: URL-encoded, with its trailing slash (R4, R5). */
  readonly path: string;
  /** What follows `?`, as sent; empty without one. */
  readonly query: string;
  /** Name, value, name, value …, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** What the gateway knows about a request beyond its bytes; `$context` of templates. */
export interface RequestContext extends Match {
  readonly api: RestApi;
  readonly stage: Stage;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** `Root=1-…`. */
  readonly traceId: string;
  readonly sourceIp: string;
  readonly port: number;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly apiKey?: { readonly id: string; readonly value: string };
}

export interface GatewayAnswer {
  readonly status: number;
  /** Name, value, name, value …: what goes on the wire besides the gateway's own headers. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** Rejects with `GatewayFailure` where the gateway itself must answer. */
export type Integration = (request: GatewayRequest, context: RequestContext) => Promise<GatewayAnswer>;

export interface IntegrationType {
  /** One sentence for each thing that cannot be honoured. */
  refuses(definition: IntegrationDefinition): readonly string[];
  create(definition: IntegrationDefinition, host: Host): Integration;
}

/** `Integration` of `AWS::ApiGateway::Method`. */
export interface IntegrationDefinition {
  readonly Type: string;
  readonly Uri?: string;
  readonly TimeoutInMillis?: number | string;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly IntegrationResponses?: readonly IntegrationResponse[];
  readonly [property: string]: unknown;
}

export interface IntegrationResponse {
  readonly StatusCode: string | number;
  readonly SelectionPattern?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}
