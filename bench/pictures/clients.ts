// Clients of the application in a closed loop: each posts a picture, asks until it is done, then posts the next.
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SIZE } from './size.ts';

/** As a page would; each question costs the cores that resize. */
const ASK_EVERY_MS = 100;

/** Bodies of POST /api/, made before the clock runs. */
export const orders = (files: readonly string[]): Promise<Buffer[]> =>
  Promise.all(files.map(async (file) => Buffer.from(JSON.stringify({ image: (await readFile(file)).toString('base64'), ...SIZE }))));

export interface Run {
  readonly seconds: number;
  /** From POST to done, in ms, of each picture. */
  readonly latencies: readonly number[];
}

export async function send(url: string, bodies: readonly Buffer[], clients: number): Promise<Run> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const left = [...bodies];
  const latencies: number[] = [];
  const began = performance.now();
  const client = async () => {
    for (let body = left.pop(); body !== undefined; body = left.pop()) {
      const sent = performance.now();
      await resized(url, body, agent);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return { seconds: (performance.now() - began) / 1000, latencies };
}

async function resized(url: string, body: Buffer, agent: Agent): Promise<void> {
  const accepted = await call(agent, 'POST', `${url}/api/`, body);
  if (accepted.status !== 201) throw new Error(`POST /api/ answered ${accepted.status}: ${accepted.text}`);
  for (;;) {
    await pause(ASK_EVERY_MS);
    const { status, text } = await call(agent, 'GET', `${url}${accepted.location}`);
    if (status === 200 && text.includes('iVBORw0KGgo')) return;
    if (status !== 202) throw new Error(`GET ${accepted.location} answered ${status}: ${text.slice(0, 200)}`);
  }
}

function call(agent: Agent, method: string, url: string, body?: Buffer): Promise<{ status: number; location: string; text: string }> {
  const headers = body ? { 'content-type': 'application/json', 'content-length': body.length } : {};
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: String(response.headers.location),
          text: Buffer.concat(chunks).toString('latin1'),
        }),
      );
    });
    sent.once('error', reject).end(body);
  });
}
