// The table of connections, in the embedded DynamoDB and by AWS's own client.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Registry, registry } from '../../functions/messages/live/registry.ts';
import { type DynamoDb, dynamodb } from '../../local/services/dynamodb.ts';

const TableName = 'connections';
const NOW = Date.parse('2026-01-01T00:00:00.000Z');

const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-registry-'));
let server: DynamoDb;
let client: DynamoDBClient;
let connections: Registry;

beforeAll(async () => {
  server = await dynamodb({ dataDir, region: 'us-east-1', account: '000000000000', timeScale: 1, log: () => undefined });
  client = new DynamoDBClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  connections = registry(client, TableName);
});

afterAll(async () => {
  client.destroy();
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

test('a connection is found as it was saved, alone or with others', async () => {
  const came = { id: 'a', state: 'new', channels: undefined, resume: undefined, cameAt: NOW } as const;
  await connections.arrive('a', NOW);
  expect(await connections.connections()).toEqual([came]);

  for (const saved of [
    { ...came, state: 'resuming', resume: 'token', channels: ['x', 'y'] },
    { ...came, state: 'live', resume: 'token' },
  ] as const) {
    await connections.save(saved);
    expect(await connections.connections()).toEqual([saved]);
    await connections.saveAll([saved]);
    expect(await connections.connections()).toEqual([saved]);
  }
});

test('a move whose answer is lost is sent again, and refused because of itself', async () => {
  let calls = 0;
  const forgetful = new DynamoDBClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  });
  forgetful.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (++calls === 1) throw Object.assign(new Error('the answer is lost'), { name: 'TimeoutError' });
      return answer;
    },
    { step: 'deserialize' },
  );
  const from = await connections.stream();
  expect(await registry(forgetful, TableName).advance(from, { to: 5, movedBy: 'delivery', servedBy: 'me' })).toBeUndefined();
  expect(calls).toBe(2);
  expect(await connections.stream()).toMatchObject({ position: 5, movedBy: 'delivery', servedBy: 'me' });
  forgetful.destroy();
});
