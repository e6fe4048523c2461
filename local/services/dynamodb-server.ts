// DynamoDB over HTTP: dynalite's operations on loopback. Only its own thread loads it.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import db from 'dynalite/db/index.js';
import { AwsError } from './control-api.ts';
import { expiry } from './dynamodb-expiry.ts';
import { dynamodbOperations } from './dynamodb-operations.ts';

export interface DynamodbServerOptions {
  /** Folder of tables and items. */
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly region: string;
  readonly account: string;
  /** Pause between two sweeps of expired items. */
  readonly sweepMs: number;
  readonly warn: (message: string) => void;
}

const TARGET = 'DynamoDB_20120810.';
/** DynamoDB's own limit of a request. */
const BODY_LIMIT = 16 * 2 ** 20;

export async function dynamodbServer(options: DynamodbServerOptions): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { warn } = options;
  // Written without fsync: that survives the death of the process, which is what happens here.
  const store = db.create({ path: options.dataDir, createTableMs: 0 });
  store.tableDb.awsAccountId = options.account;
  store.tableDb.awsRegion = options.region;
  const items = await dynamodbOperations(store);
  const times = expiry({ store, operations: items, sweepMs: options.sweepMs, warn });
  const operations = { ...items, ...times.operations };

  async function answer(request: IncomingMessage): Promise<unknown> {
    const body = await bodyOf(request);
    const target = String(request.headers['x-amz-target']);
    const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : target;
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) {
      const message = `${name} is not among the operations of this host's DynamoDB, which are ${Object.keys(operations).join(', ')}.`;
      warn(message);
      throw new AwsError('com.amazon.coral.service#UnknownOperationException', message);
    }
    return operation(inputOf(body));
  }

  const server = createServer(async (request, response) => {
    let status = 200;
    const output = await answer(request).catch((error: Error) => {
      status = error instanceof AwsError ? error.status : 500;
      if (status >= 500 && !request.destroyed) warn(error.stack ?? error.message);
      return { __type: error instanceof AwsError ? error.code : 'InternalServerError', message: error.message };
    });
    const body = JSON.stringify(output);
    // A body that was not read to its end cannot be followed by another request on the same connection.
    if (!request.complete) response.setHeader('connection', 'close');
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amzn-requestid': randomUUID(),
    };
    response.writeHead(status, headers).end(body);
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      times.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await store.db.close();
    },
  };
}

function inputOf(body: string): object {
  try {
    return JSON.parse(body);
  } catch {
    throw new AwsError('com.amazon.coral.service#SerializationException', 'The body is not JSON');
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new AwsError('RequestEntityTooLargeException', `A request has at most ${BODY_LIMIT} bytes`, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
