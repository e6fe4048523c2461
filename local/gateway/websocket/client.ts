// Who is at the other end of a connection, as the handshake showed it.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { headerOf } from '../rest/headers.ts';
import type { Stage } from './definition.ts';

export interface Client {
  readonly connectionId: string;
  /** Milliseconds since 1970. */
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly stage: Stage;
}

export const clientOf = (request: IncomingMessage, stage: Stage, now: number): Client => ({
  connectionId: newGatewayId(),
  connectedAt: now,
  sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  userAgent: headerOf(request.rawHeaders, 'user-agent'),
  stage,
});

/** Of connections and messages, like AWS's: 15 characters and a `=`, which callers must encode in a path. Nobody can guess one. */
export const newGatewayId = (): string => `${randomBytes(11).toString('base64url')}=`;
