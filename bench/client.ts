// Requests over connections that stay open, with as little of a client's own work as Node allows.
import { execFile } from 'node:child_process';
import { Agent, request } from 'node:http';
import { promisify } from 'node:util';
import { findExecutable } from '../local/backends/executables.mjs';

/** Milliseconds of each of `count` requests, one after the other on one connection. */
export async function latencies(url: string, count: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await get(url, agent);
    times.push(performance.now() - began);
  }
  agent.destroy();
  return times;
}

/** Requests a second of `clients` at once, by wrk where it is installed. */
export async function rate(url: string, clients: number, forSeconds: number): Promise<number> {
  const wrk = findExecutable(['wrk']);
  return wrk ? rateByWrk(wrk, url, clients, forSeconds) : rateByNode(url, clients, forSeconds);
}

async function rateByWrk(wrk: string, url: string, clients: number, forSeconds: number): Promise<number> {
  const { stdout } = await promisify(execFile)(wrk, ['-t1', `-c${clients}`, `-d${forSeconds}s`, url]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`requests failed:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

async function rateByNode(url: string, clients: number, forSeconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const until = performance.now() + forSeconds * 1000;
  let done = 0;
  const client = async () => {
    for (; performance.now() < until; done++) await get(url, agent);
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return done / forSeconds;
}

function get(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().once('end', resolve);
    });
    sent.once('error', reject).end();
  });
}
