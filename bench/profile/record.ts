// What the threads of a running host do while it works: first the processor time of each, then, in another round, where the busy ones spend it.
import { setTimeout as pause } from 'node:timers/promises';
import { type Inspector, inspect, type Thread } from './inspector.ts';
import type { CpuProfile } from './v8.ts';

export interface ThreadProfile {
  /** `main`, `storage`, or the function that the thread is an environment of. */
  readonly name: string;
  /** Milliseconds of processor time in the round without profile. */
  readonly processorMs: number;
  readonly profile: CpuProfile;
}

/** Each sample costs every profiled thread: more of them slow down what they look at. */
const SAMPLE_EVERY_US = 1_000;
/** Share of a round: threads below are left alone. */
const BUSY = 0.01;
const OPENS_WITHIN_MS = 5_000;

/** `pid` was started with `--inspect-port=<port>`: the inspector opens at a signal, so that nothing is slower before. Runs `work` twice. */
export async function recording(pid: number, port: number, work: () => Promise<unknown>): Promise<ThreadProfile[]> {
  process.kill(pid, 'SIGUSR1');
  const inspector = await opened(port);
  try {
    const threads = [inspector.main, ...inspector.workers];
    const began = performance.now();
    const before = await Promise.all(threads.map(processorMs));
    await work();
    const after = await Promise.all(threads.map(processorMs));
    const used = threads.map((thread, i) => ({ thread, processorMs: (after[i] ?? 0) - (before[i] ?? 0) }));
    const busy = used.filter((one) => one.processorMs > BUSY * (performance.now() - began));

    for (const { thread } of busy) {
      await thread.send('Profiler.enable');
      await thread.send('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
      await thread.send('Profiler.start');
    }
    await work();
    return await Promise.all(
      busy.map(async ({ thread, processorMs }) => {
        const { profile } = await thread.send<{ profile: CpuProfile }>('Profiler.stop');
        return { name: thread === inspector.main ? 'main' : await nameOf(thread), processorMs, profile };
      }),
    );
  } finally {
    inspector.close();
  }
}

async function opened(port: number): Promise<Inspector> {
  const by = performance.now() + OPENS_WITHIN_MS;
  for (;;) {
    try {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { webSocketDebuggerUrl: string }[];
      return await inspect(targets[0]?.webSocketDebuggerUrl ?? '');
    } catch (error) {
      if (performance.now() > by) throw error;
      await pause(20);
    }
  }
}

async function evaluated<Value>(thread: Thread, expression: string): Promise<Value | undefined> {
  const { result } = await thread.send<{ result: { value?: Value } }>('Runtime.evaluate', { expression, returnByValue: true });
  return result.value;
}

async function processorMs(thread: Thread): Promise<number> {
  const used = await evaluated<{ user: number; system: number }>(thread, 'process.threadCpuUsage()');
  return ((used?.user ?? 0) + (used?.system ?? 0)) / 1000;
}

const nameOf = async (thread: Thread): Promise<string> =>
  (await evaluated<string>(thread, 'process.env.AWS_LAMBDA_FUNCTION_NAME')) ?? 'storage';
