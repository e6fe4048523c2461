// Loaded into a host by `--import`: a SIGUSR2 ends every thread that runs the pictures' consumer, as a crash of it would.
// The host knows nothing of this: it sees environments die, and has to cope. Says on stderr how many they were.
import { isMainThread, type Worker } from 'node:worker_threads';

/** No other function has as much memory, and a thread shows no other mark of whose it is. */
const CONSUMER_MB = 3008;

if (isMainThread) {
  const environments = new Set<Worker>();
  process.on('worker', (worker: Worker) => {
    if (worker.resourceLimits?.maxOldGenerationSizeMb !== CONSUMER_MB) return;
    environments.add(worker);
    worker.once('exit', () => environments.delete(worker));
  });
  process.on('SIGUSR2', () => {
    process.stderr.write(`consumer environments killed: ${environments.size}\n`);
    for (const worker of environments) void worker.terminate();
  });
}
