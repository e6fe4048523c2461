// A client that wants every message: it comes back whenever its connection ends, and resumes after the last that it has.
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Chance } from '../../support/chance.ts';

export interface Heard {
  readonly id: number;
  readonly key: string;
  readonly channel: string;
  /** The payload as JSON text. */
  readonly text: string;
}

const RECONNECT_MS = 250;
/** A gateway that dies during the handshake answers nobody. */
const HANDSHAKE_MS = 5_000;

export class Listener {
  readonly heard: Heard[] = [];
  /** What no connection may do: ids that are not the next one. */
  readonly problems: string[] = [];
  connections = 0;
  /** Messages that came on a connection before those that it was asked for. */
  early = 0;
  private readonly url: () => string;
  private readonly random: Chance;
  private socket: WebSocket | undefined;
  private wanted = true;
  /** The present connection has given the message after the last one. */
  private resumed = false;

  constructor(url: () => string, random: Chance) {
    this.url = url;
    this.random = random;
  }

  /** Until `leave`. */
  async listen(): Promise<void> {
    while (this.wanted) {
      await this.connection();
      await pause(this.random.below(RECONNECT_MS));
    }
  }

  /** The network breaks: no close frame, no warning. */
  cut(): void {
    this.socket?.terminate();
  }

  leave(): void {
    this.wanted = false;
    this.cut();
  }

  /** One connection, from its handshake to its end. */
  private connection(): Promise<void> {
    const socket = new WebSocket(`${this.url().replace('http', 'ws')}/ws`, { handshakeTimeout: HANDSHAKE_MS, perMessageDeflate: false });
    this.socket = socket;
    this.resumed = false;
    return new Promise((resolve) => {
      socket.on('open', () => {
        this.connections += 1;
        socket.send(JSON.stringify({ action: 'resume', after: this.heard.length }));
      });
      socket.on('message', (data) => this.take(data.toString()));
      // Followed by a close.
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  }

  private take(text: string): void {
    const value = JSON.parse(text) as Frame | Frame[];
    for (const { type, id, key = '', channel = '', message } of Array.isArray(value) ? value : [value]) {
      // The gateway's own words where the function died that should have taken the request.
      if (type === undefined) this.cut();
      if (type !== 'stored' || id === undefined) continue;
      // Where the function that takes requests was killed, the connection is live before it is asked to resume.
      if (!this.resumed && id !== this.heard.length + 1) this.early += 1;
      else this.hear({ id, key, channel, text: JSON.stringify(message) });
    }
  }

  private hear(one: Heard): void {
    this.resumed = true;
    if (one.id !== this.heard.length + 1) this.problems.push(`got ${one.id} after ${this.heard.length} on connection ${this.connections}`);
    this.heard.push(one);
  }
}

interface Frame {
  readonly type?: string;
  readonly id?: number;
  readonly key?: string;
  readonly channel?: string;
  readonly message?: unknown;
}
