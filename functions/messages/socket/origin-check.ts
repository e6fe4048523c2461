// Who may connect: pages of this site, and programs. A browser lets the page of any site open a WebSocket, and says in `Origin` which one it was.
import { headerOf } from '../../shared/http/request.ts';

/** The address that a client came by, as the edge writes it down (`lib/edge/viewer-host.js`): towards the API, `Host` is the API's own name. */
const VIEWER_HOST = 'x-viewer-host';

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Programs send no `Origin`, and may send any: they are not who this keeps out, for they act for nobody but themselves.
 *
 * @param headers of the handshake, names in any case
 * @param domainName of the API, for clients that came without the edge. A page of another site cannot pretend to have come by it: browsers send no
 *   headers of a page's choice with a handshake.
 */
export function isOwnPageOrProgram(headers: Headers, domainName: string): boolean {
  const origin = headerOf({ headers }, 'origin');
  return origin === undefined || URL.parse(origin)?.host === (headerOf({ headers }, VIEWER_HOST) ?? domainName).toLowerCase();
}
