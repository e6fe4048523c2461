// Endpoint variables of the AWS SDK that name a WebSocket API of this host: functions get the address where it is served here.
import type { Host } from '../../host.ts';
import { webSocketApisOf } from './apis.ts';

/** `AWS_ENDPOINT_URL…` whose host is the domain of an API: `https://abc.execute-api.…/ws` becomes `http://127.0.0.1:port/ws`. */
export function withLocalEndpoints(variables: Readonly<Record<string, string>>, host: Host): Record<string, string> {
  const urlByDomain = new Map([...webSocketApisOf(host).values()].map(({ domain, managementUrl }) => [domain, managementUrl]));
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const [, domain = '', path = ''] = /^https:\/\/([^/:]+)(?::443)?(\/.*)?$/.exec(value) ?? [];
      const here = name.startsWith('AWS_ENDPOINT_URL') ? urlByDomain.get(domain) : undefined;
      return [name, here === undefined ? value : `${here}${path}`];
    }),
  );
}
