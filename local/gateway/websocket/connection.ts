// One established connection: its limits, its outgoing frames, and in which order its messages are handed on.
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Client } from './client.ts';
import { frameWatch } from './frame-watch.ts';
import { CLOSE, type Close, FRAME_BYTES, IDLE_MS, LIFETIME_MS } from './limits.ts';

/** Bytes that wait for a client that does not read; beyond that it is given up, so that it costs nobody else anything. */
const UNREAD_BYTES = 4 * 2 ** 20;
/** Messages of one client that are being handled; the next ones are not read from its socket before one of them is done. */
const MESSAGES_IN_FLIGHT = 64;
/** What a client gets to answer a close frame. */
const CLOSE_MS = 2000;

export interface Connection {
  readonly client: Client;
  /** Milliseconds since 1970. */
  lastActiveAt(): number;
  /** Sends UTF-8 text, in frames of at most 32 KB. False where the connection has ended, or is ended now because its client does not read. */
  send(text: Buffer): boolean;
  close(how: Close): void;
}

export interface ConnectionEvents {
  /** Called in the order of arrival, without waiting for the ones before. Never rejects. */
  message(text: string): Promise<void>;
  /** It takes and sends nothing from now on. */
  closing(): void;
  /** The socket is gone. */
  closed(code: number, reason: string): void;
}

export interface Transport {
  readonly webSocket: WebSocket;
  readonly socket: Socket;
}

export function openConnection({ webSocket, socket }: Transport, client: Client, timeScale: number, events: ConnectionEvents): Connection {
  let lastActiveAt = Date.now();
  let closedBy: Close | undefined;
  let cutOff: NodeJS.Timeout | undefined;
  let inFlight = 0;
  const waiting: string[] = [];
  const idle = setTimeout(() => close(CLOSE.goingAway), IDLE_MS / timeScale);
  const lifetime = setTimeout(() => close(CLOSE.goingAway), LIFETIME_MS / timeScale);

  function active() {
    lastActiveAt = Date.now();
    idle.refresh();
  }

  function close(how: Close) {
    if (webSocket.readyState !== webSocket.OPEN) return;
    closedBy = how;
    webSocket.close(how.code, how.reason);
    end();
  }

  /** Nothing goes either way any more; the socket follows when the client has agreed, or soon. */
  function end() {
    if (cutOff) return;
    clearTimeout(idle);
    clearTimeout(lifetime);
    cutOff = setTimeout(() => webSocket.terminate(), CLOSE_MS);
    events.closing();
  }

  function send(text: Buffer): boolean {
    if (webSocket.readyState !== webSocket.OPEN) return false;
    if (webSocket.bufferedAmount > UNREAD_BYTES) {
      close(CLOSE.slow);
      return false;
    }
    active();
    let at = 0;
    for (; text.length - at > FRAME_BYTES; at += FRAME_BYTES)
      webSocket.send(text.subarray(at, at + FRAME_BYTES), { binary: false, fin: false });
    webSocket.send(at === 0 ? text : text.subarray(at), { binary: false, fin: true });
    return true;
  }

  function handOn() {
    while (inFlight < MESSAGES_IN_FLIGHT) {
      const text = waiting.shift();
      if (text === undefined) return webSocket.resume();
      inFlight++;
      events.message(text).finally(() => {
        inFlight--;
        handOn();
      });
    }
    webSocket.pause();
  }

  // Before the library's own listener, so that it closes for this reason and not for what it makes of it.
  socket.prependListener(
    'data',
    frameWatch(() => close(CLOSE.tooLarge)),
  );
  webSocket.on('message', (data: Buffer, isBinary) => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    if (isBinary) return close(CLOSE.unsupported);
    active();
    waiting.push(data.toString());
    handOn();
  });
  // A frame that breaks the protocol: the library sends the close frame for it.
  webSocket.on('error', end);
  webSocket.once('close', (code, reason) => {
    end();
    clearTimeout(cutOff);
    if (closedBy) events.closed(closedBy.code, closedBy.reason);
    else events.closed(code, reason.toString() || (code === 1005 ? 'Client-side close frame status not set' : ''));
  });
  return { client, lastActiveAt: () => lastActiveAt, send, close };
}
