// The systems that are compared, all up at the same time: an idle one uses next to nothing, and so they can take turns.
import { join } from 'node:path';
import { application, container, type System } from './system.ts';

export interface Together {
  readonly baseline: System;
  readonly shared: System;
  readonly strict: System;
  /** Where the application `shared` keeps its data. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

type Prepare = (system: System) => Promise<void>;

/** All in `folder`. Leaves nothing running where one fails. */
export async function together(folder: string, eventsPerEnvironment: number, prepare: Prepare): Promise<Together> {
  const dataDir = join(folder, 'shared');
  const systems: System[] = [];
  const stop = async () => void (await Promise.all(systems.splice(0).map((system) => system.stop())));
  const up = async (starting: Promise<System>) => {
    const system = await prepared(await starting, prepare);
    systems.push(system);
    return system;
  };
  try {
    const baseline = await up(container(join(folder, 'baseline')));
    const shared = await up(application(dataDir, eventsPerEnvironment));
    const strict = await up(application(join(folder, 'strict'), 1));
    return { baseline, shared, strict, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function prepared(system: System, prepare: Prepare): Promise<System> {
  try {
    await prepare(system);
    return system;
  } catch (error) {
    await system.stop();
    throw error;
  }
}
