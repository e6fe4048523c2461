// The REST APIs of a running host, by id.
import type { Host } from '../../host.ts';
import type { RestApi } from './definition.ts';

const ofHosts = new WeakMap<Host, Map<string, RestApi>>();

export function restApisOf(host: Host): Map<string, RestApi> {
  const apis = ofHosts.get(host) ?? new Map<string, RestApi>();
  ofHosts.set(host, apis);
  return apis;
}

/** Throws where a resource names an API that the assembly does not create. */
export function restApi(host: Host, id: string): RestApi {
  const api = restApisOf(host).get(id);
  if (!api) throw new Error(`There is no REST API ${id} in this assembly: only APIs that it defines can be extended.`);
  return api;
}
