// Who a request at the edge is for (R15): a path form of an API, a domain in `Host`, the distribution, or the only API of its kind.
import type { IncomingMessage } from 'node:http';
import type { Host } from '../host.ts';
import { distributionsOf } from './cloudfront/distributions.ts';
import type { Origin } from './origins.ts';
import { restApisOf } from './rest/apis.ts';
import { webSocketApisOf } from './websocket/apis.ts';

/** `/restapis/{id}/{stage}/_user_request_/…` and `/_aws/execute-api/{id}/{stage}/…`, LocalStack's forms. */
const PATH_FORM = /^\/(?:restapis\/([^/?]+)\/([^/?]+)\/_user_request_|_aws\/execute-api\/([^/?]+)\/([^/?]+))(?=[/?]|$)/;

/** Rewrites the request's `url` to what that origin expects. Undefined where nobody answers. */
export function destination(request: IncomingMessage, host: Host): Origin | undefined {
  const url = originForm(request.url ?? '/');
  request.url = url;
  const form = url.startsWith('/restapis/') || url.startsWith('/_aws/') ? PATH_FORM.exec(url) : null;
  if (form) {
    request.url = `/${form[2] ?? form[4]}${url.slice(form[0].length)}`;
    return host.origins.find(domainOf(form[1] ?? form[3] ?? '', host));
  }
  const named = host.origins.find(request.headers.host?.split(':', 1)[0] ?? '');
  if (named) return named;
  if (distributionsOf(host).length > 0) return host.origins.edge();
  const [socketApi, ...others] = request.headers.upgrade ? webSocketApisOf(host).values() : [];
  if (socketApi && others.length === 0) return host.origins.find(socketApi.domain);
  const apis = [...restApisOf(host).values()];
  const api = apis.length === 1 ? apis[0] : undefined;
  if (!api) return host.origins.edge();
  const [stage] = api.stages.keys();
  const first = url.split(/[/?]/, 2)[1] ?? '';
  if (api.stages.size === 1 && stage !== undefined && first !== stage) request.url = `/${stage}${url}`;
  return host.origins.find(api.domain);
}

/** Proxies send `GET http://host/path`; everything here wants the path. */
const originForm = (url: string) => (url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '').replace(/^(?!\/)/, '/'));

const domainOf = (id: string, { options }: Host) => `${id}.execute-api.${options.region}.amazonaws.com`;
