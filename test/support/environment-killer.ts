// Loaded into a host by `--import`: a SIGUSR2 ends threads that run functions, as a crash of them would.
// The host knows nothing of this: it sees environments die, and has to cope. Says on stderr how many they were.
// Without parameters all of the pictures' consumer; with `?memory=512&seed=7` about half of those with that memory, by chance.
import { isMainThread, type Worker } from 'node:worker_threads';
import { chance } from './chance.ts';

/** No other function has as much memory as the consumer, and a thread shows no other mark of whose it is. */
const CONSUMER_MB = '3008';

if (isMainThread) {
  const { searchParams } = new URL(import.meta.url);
  const memoryMb = Number(searchParams.get('memory') ?? CONSUMER_MB);
  const seed = searchParams.get('seed');
  const random = seed === null ? undefined : chance(Number(seed));
  const environments = new Set<Worker>();
  process.on('worker', (worker: Worker) => {
    if (worker.resourceLimits?.maxOldGenerationSizeMb !== memoryMb) return;
    environments.add(worker);
    worker.once('exit', () => environments.delete(worker));
  });
  process.on('SIGUSR2', () => {
    const hit = [...environments].filter(() => random === undefined || random.below(2) === 0);
    process.stderr.write(`environments killed: ${hit.length}\n`);
    for (const worker of hit) void worker.terminate();
  });
}
