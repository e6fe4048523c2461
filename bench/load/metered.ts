// Load, and the processor time that it took of every program that has a part in it.
import { endedChildrenMs, processorMsByProgram } from '../processor.ts';
import type { Load } from './wrk.ts';

export interface Metered extends Load {
  /** Milliseconds a piece of work, by program. */
  readonly processor: ReadonlyMap<string, number>;
}

/** `pids`: of what is under load. `client`: what the child process that makes the load is called. */
export async function metered<Figures extends Load>(
  pids: readonly number[],
  client: string,
  load: () => Promise<Figures>,
): Promise<Figures & Metered> {
  const before = processorMsByProgram(pids);
  const clientBefore = endedChildrenMs();
  const figures = await load();
  const used = [...processorMsByProgram(pids)].map(([program, ms]) => [program, ms - (before.get(program) ?? 0)] as const);
  const all = [...used, [client, endedChildrenMs() - clientBefore] as const];
  return { ...figures, processor: new Map(all.map(([program, ms]) => [program, ms / figures.done])) };
}
