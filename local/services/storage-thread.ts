// The thread of S3 and SQS. Says its address, then how old messages are, until it is told to stop.
// A thread of its own because SQLite blocks: with 16 clients on 2 cores it took 8.2k messages/s, against 5.5k/s on the host's own loop,
// and while 2 MB objects were stored the host's loop was late by 4 ms (p99), against 240 ms.
import { parentPort, workerData } from 'node:worker_threads';
import { fauxqsServer } from './fauxqs-server.ts';

const server = await fauxqsServer(workerData);
parentPort?.postMessage(server.url);
parentPort?.on('message', async (told: 'stop' | { readonly question: number; readonly queueName: string }) => {
  if (told !== 'stop') {
    parentPort?.postMessage({ question: told.question, age: server.oldestMessageAge(told.queueName) });
    return;
  }
  await server.stop();
  parentPort?.close();
});
