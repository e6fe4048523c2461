// The thread of DynamoDB. Says its port, stops at the first message.
// A thread of its own: what dynalite throws in the middle of an operation ends this thread, and not the host.
import { parentPort, workerData } from 'node:worker_threads';
import { dynamodbServer } from './dynamodb-server.ts';

const server = await dynamodbServer({ ...workerData, warn: (message) => parentPort?.postMessage({ warning: message }) });
parentPort?.postMessage({ port: server.port });
parentPort?.once('message', async () => {
  await server.stop();
  parentPort?.close();
});
