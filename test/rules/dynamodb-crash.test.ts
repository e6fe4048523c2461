// What ends DynamoDB, or the host that it is in, costs nobody an item that was acknowledged.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import db from 'dynalite/db/index.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dynamodb } from '../../local/services/dynamodb.ts';
import { eventually } from '../support/eventually.ts';
import { connections, table } from './dynamodb-fixture.ts';
import { hostFixture } from './fixture.ts';

let dataDir: string;
let stops: (() => Promise<unknown>)[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-dynamodb-'));
  stops = [async () => rmSync(dataDir, { recursive: true, force: true })];
});

afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
});

const clientOf = (endpoint: string, maxAttempts = 1) =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts });

/** The service alone; what it logs is kept. */
async function service(): Promise<{ readonly url: string; readonly logged: string[] }> {
  const logged: string[] = [];
  const log = (...line: readonly unknown[]) => void logged.push(line.join(' '));
  const { url, stop } = await dynamodb({ dataDir, region: 'us-east-1', account: '000000000000', timeScale: 1, log });
  stops.push(stop);
  return { url, logged };
}

const hosted = async (resources: Parameters<typeof hostFixture>[0]) => {
  const host = await hostFixture(resources, { dataDir });
  stops.push(() => host.stop());
  return host;
};

/** A host of its own process on the same data: its endpoint and its table. */
async function victim() {
  const modules = ['./fixture.ts', './dynamodb-fixture.ts'].map((path) => JSON.stringify(new URL(path, import.meta.url).href));
  const program = `const [{ hostFixture }, { connections }] = await Promise.all([${modules.map((url) => `import(${url})`)}]);
    const host = await hostFixture({ Connections: connections }, { dataDir: ${JSON.stringify(dataDir)} });
    console.log(JSON.stringify({ url: host.host.dynamodb.url, table: host.ref('Connections') }));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  stops.push(async () => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { url, table: name } = JSON.parse(String(line)) as { url: string; table: string };
  return { url, table: name, kill: () => child.kill('SIGKILL'), exited };
}

test('every item that was acknowledged is there after kill -9 of the host', async () => {
  const { url, table: TableName, kill, exited } = await victim();
  const client = clientOf(url);
  const acknowledged: string[] = [];
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let n = 0; ; n++) {
      const id = `${writer}-${n}`;
      await client.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }));
      acknowledged.push(id);
      if (acknowledged.length === 200) kill();
    }
  });
  await Promise.allSettled(writers);
  await exited;

  const host = await hosted({ Connections: connections });

  const { Items = [] } = await clientOf(host.host.dynamodb?.url ?? '').send(new ScanCommand({ TableName, ConsistentRead: true }));
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  expect(Items.map(({ id }) => id?.S)).toEqual(expect.arrayContaining(acknowledged));
});

test('a table that is there already with other keys ends the start with a sentence', async () => {
  await (await hostFixture({ Connections: connections }, { dataDir })).stop();

  const other = {
    AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
  };
  await expect(hosted({ Connections: table(other) })).rejects.toThrow(
    'Rules-Connections is here already with other keys or indexes, which cannot change while it has items: start with --fresh',
  );
});

test('two hundred uploads that break off disturb nobody', async () => {
  const { url, logged } = await service();
  const head = 'POST / HTTP/1.1\r\nHost: dynamodb\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 1000\r\n\r\n';
  for (let n = 0; n < 200; n++) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise((written) => socket.write(`${head}{"TableName":"`, written));
    if (n % 2) socket.destroy();
    else socket.resetAndDestroy();
    await once(socket, 'close');
  }

  await expect(clientOf(url).send(new ScanCommand({ TableName: 'None' }))).rejects.toThrow('Requested resource not found');
  expect(logged).toEqual([]);
});

test('an operation that crashes dynalite costs one answer: the next ones come from the same address', async () => {
  const { db: stored } = db.create({ path: join(dataDir, 'dynamodb'), createTableMs: 0 });
  await stored.put('table~Broken', { TableStatus: 'ACTIVE' });
  await stored.close();
  const { url, logged } = await service();
  const keys = { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }] };
  const schema = { ...keys, KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }], BillingMode: 'PAY_PER_REQUEST' as const };
  await clientOf(url).send(new CreateTableCommand({ TableName: 'Whole', ...schema }));
  await clientOf(url).send(new PutItemCommand({ TableName: 'Whole', Item: { id: { S: 'kept' } } }));

  await expect(clientOf(url).send(new ScanCommand({ TableName: 'Broken' }))).rejects.toThrow();

  const get = new GetItemCommand({ TableName: 'Whole', Key: { id: { S: 'kept' } } });
  const { Item } = await eventually(() => clientOf(url).send(get));
  expect(Item).toEqual({ id: { S: 'kept' } });
  expect(logged).toEqual([expect.stringContaining('error dynamodb TypeError')]);
});
