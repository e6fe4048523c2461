// An application whose threads are profiled while it works: figures to the terminal, files for a browser's developer tools.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join, relative } from 'node:path';
import type { Metered } from '../load/metered.ts';
import { processorTimes } from '../load/table.ts';
import { publish } from '../results.ts';
import { perSecond } from '../statistics.ts';
import type { System } from '../systems/system.ts';
import { recording } from './record.ts';
import { ROW_COLUMNS, summary, summaryRows } from './summary.ts';

const profiles = join(import.meta.dirname, '../../.stackyard/profiles');
/** As fast as it gets before the profile begins. */
const WARM_UPS = 2;

interface Subject {
  readonly system: System;
  readonly way: { run(seconds: number): Promise<Metered> };
}

/** Prints where the time goes, and writes a file a thread into the folder `name` below .stackyard/profiles. */
export async function inProfile(name: 'checkout' | 'find', seconds: number, start: () => Promise<Subject>): Promise<void> {
  const port = await inspectable();
  const { system, way } = await start();
  try {
    const rounds: Metered[] = [];
    const run = async () => void rounds.push(await way.run(seconds));
    for (let round = 0; round < WARM_UPS; round++) await run();
    const threads = await recording(system.pids[0] ?? 0, port, run);
    const folder = join(profiles, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [i, { name: thread, profile }] of threads.entries())
      writeFileSync(join(folder, `${i}-${thread}.cpuprofile`), JSON.stringify(profile));
    const rates = rounds.map(({ answers, seconds: took }) => perSecond(answers / took));
    process.stdout.write(`${summary(threads)}

${system.name}: ${rates.slice(0, -1).join(', ')}, while profiled ${rates.at(-1)}; processor time each: ${processorTimes({ name, rounds })}
Profiles for a browser's developer tools: ${relative(process.cwd(), folder)}/*.cpuprofile
`);
    publish(`${name}-profile`, {
      title: `Where the time goes: ${name}`,
      method: `\`node bench/${name}.ts --profile\`, a round of ${seconds} s by 16 clients. Processor time of each of the host's threads in a round without profile, and what most of it is in a round with one: by place in the sources and by function, each by the time that it took itself. \`native\` is the system's and V8's code below Node: writing to sockets, waking threads.`,
      columns: ROW_COLUMNS,
      rows: summaryRows(threads),
      findings: [`Processor time each: ${processorTimes({ name, rounds })}.`],
    });
  } finally {
    await system.stop();
  }
}

/** The host that starts next hands its environment on; its inspector opens when it is asked to, and not before. */
async function inspectable(): Promise<number> {
  const port = await freePort();
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --inspect-port=${port}`;
  return port;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
