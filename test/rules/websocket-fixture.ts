// A hosted WebSocket API whose events arrive in the test, which answers them.
import type { TemplateResource } from '../../local/assembly/template.ts';
import type { HostOptions } from '../../local/host.ts';
import { type EventSink, eventSink } from './event-sink.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { type Client, type ConnectOptions, connect } from './websocket-client.ts';
import { posts, type RouteOptions, webSocketTemplate } from './websocket-template.ts';

export interface WebSocketFixture {
  readonly host: FixtureHost;
  readonly sink: EventSink;
  /** The endpoint of `@connections` as the functions see it, stage included. */
  readonly endpoint: string;
  connect(path?: string, options?: ConnectOptions): Promise<Client>;
  /** A client and the id of its connection. */
  connected(path?: string, options?: ConnectOptions): Promise<Client & { readonly id: string }>;
  stop(): Promise<void>;
}

export interface FixtureOptions extends Partial<HostOptions> {
  readonly resources?: Record<string, TemplateResource>;
  /** More of the API's properties. */
  readonly api?: object;
}

/** The function `Sink` is behind each of the given routes; it answers 200 unless the test's `answer` says otherwise. */
export async function webSocketFixture(
  routes: Readonly<Record<string, Partial<RouteOptions>>> = { $connect: {}, $default: {}, $disconnect: {} },
  { resources = {}, api = {}, ...options }: FixtureOptions = {},
): Promise<WebSocketFixture> {
  const sink = await eventSink();
  sink.answer = () => ({ statusCode: 200 });
  const toSink = Object.fromEntries(Object.entries(routes).map(([key, route]) => [key, { to: 'Sink', ...route }]));
  const host = await hostFixture(
    {
      Sink: nodeFunction(sink.source),
      Endpoint: nodeFunction('export const handler = () => Promise.resolve(process.env.AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI);', posts),
      ...webSocketTemplate(toSink, api),
      ...resources,
    },
    { log: () => undefined, ...options } as object,
  );
  const open = (path?: string, settings?: ConnectOptions) => connect(host.url, path, settings);
  return {
    host,
    sink,
    endpoint: JSON.parse((await host.invoke('Endpoint', {})).payload),
    connect: open,
    async connected(path, settings) {
      const client = await open(path, settings);
      return {
        ...client,
        id: sink.events.findLast(({ requestContext: { eventType } }) => eventType === 'CONNECT').requestContext.connectionId,
      };
    },
    async stop() {
      await host.stop();
      await sink.stop();
    },
  };
}

/** A request to `@connections` as a function sends it. */
export const command = (endpoint: string, method: string, id: string, body?: string | Buffer): Promise<Response> =>
  fetch(`${endpoint}/@connections/${encodeURIComponent(id)}`, {
    method,
    ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
  });
