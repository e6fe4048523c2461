// Many WebSocket clients of one process: when each message reached each of them, and whether each got all, once, in order.
import WebSocket from 'ws';
import { Histogram } from './histogram.ts';

interface Event {
  readonly type: string;
  readonly id?: number;
  readonly message?: { readonly run?: string; readonly sentAt?: number };
}

export class Listeners {
  readonly received = new Histogram();
  readonly stored = new Histogram();
  /** Stored events of a client that were not the id after the one before. */
  disorders = 0;
  frames = 0;
  private readonly sockets: WebSocket[] = [];
  private readonly last: (number | undefined)[] = [];
  private readonly counts: number[] = [];
  private readonly run: string;
  /** All clients get the same frames: each text is parsed once. */
  private readonly parsed = new Map<string, readonly Event[]>();

  constructor(run: string) {
    this.run = run;
  }

  async connect(url: string, count: number): Promise<void> {
    for (let from = 0; from < count; from += 20) {
      await Promise.all(Array.from({ length: Math.min(20, count - from) }, (_, index) => this.open(`${url}/ws`, from + index)));
    }
  }

  /** How many stored messages of this run the client that got fewest has. */
  get fewest(): number {
    return Math.min(...this.counts);
  }

  get most(): number {
    return Math.max(...this.counts);
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private open(url: string, client: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      this.sockets.push(socket);
      this.counts[client] = 0;
      socket.once('open', resolve).once('error', reject);
      socket.on('close', (code) => {
        if (code !== 1006) process.stderr.write(`client ${client} was closed: ${code}\n`);
      });
      socket.on('message', (data) => this.take(client, data.toString()));
    });
  }

  private take(client: number, text: string): void {
    const now = performance.now();
    this.frames += 1;
    for (const { type, id, message } of this.eventsOf(text)) {
      if (type === 'stored' && id !== undefined) {
        const before = this.last[client];
        if (before !== undefined && id !== before + 1) this.disorders += 1;
        this.last[client] = id;
      }
      if (message?.run !== this.run || message.sentAt === undefined) continue;
      if (type === 'received') this.received.add(now - message.sentAt);
      else if (type === 'stored') {
        this.stored.add(now - message.sentAt);
        this.counts[client] = (this.counts[client] ?? 0) + 1;
      }
    }
  }

  private eventsOf(text: string): readonly Event[] {
    const known = this.parsed.get(text);
    if (known) return known;
    const value = JSON.parse(text) as Event | Event[];
    const events = Array.isArray(value) ? value : [value];
    this.parsed.set(text, events);
    if (this.parsed.size > 100)
      for (const oldest of this.parsed.keys()) {
        this.parsed.delete(oldest);
        break;
      }
    return events;
  }
}
