// The WebSocket APIs of a running host, by id.
import type { Host } from '../../host.ts';
import type { WebSocketApi } from './definition.ts';

const ofHosts = new WeakMap<Host, Map<string, WebSocketApi>>();

export function webSocketApisOf(host: Host): Map<string, WebSocketApi> {
  const apis = ofHosts.get(host) ?? new Map<string, WebSocketApi>();
  ofHosts.set(host, apis);
  return apis;
}

/** Throws where a resource names an API that the assembly does not create. */
export function webSocketApi(host: Host, id: string): WebSocketApi {
  const api = webSocketApisOf(host).get(id);
  if (!api) throw new Error(`There is no WebSocket API ${id} in this assembly: only APIs that it defines can be extended.`);
  return api;
}
