// DynamoDB as a function sees it: through the AWS SDK, with nothing but the endpoint variable set.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { connections, dynamodbFunction, table } from './dynamodb-fixture.ts';
import { type FixtureHost, hostFixture } from './fixture.ts';

let host: FixtureHost;

beforeAll(async () => {
  host = await hostFixture(
    {
      Connections: connections,
      Indexed: table({
        AttributeDefinitions: ['id', 'owner'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        GlobalSecondaryIndexes: [
          { IndexName: 'by-owner', KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
        ],
      }),
      Caller: dynamodbFunction(),
    },
    // Sweeps of expired items come every fifth of a second instead of every minute.
    { timeScale: 300 },
  );
});

afterAll(() => host?.stop());

// biome-ignore lint/suspicious/noExplicitAny: answers of the SDK, or its errors by name
async function call(command: string, input: object = {}, TableName = host.ref('Connections')): Promise<any> {
  const { payload } = await host.invoke('Caller', { command, input: { TableName, ...input } });
  return JSON.parse(payload);
}
const id = (value: string) => ({ id: { S: value } });

test('an item that was put is there for the next read', async () => {
  const item = { ...id('read'), text: { S: 'é' }, count: { N: '1.50' }, list: { L: [{ BOOL: true }, { NULL: true }] } };
  await call('PutItem', { Item: item });

  expect((await call('GetItem', { Key: id('read'), ConsistentRead: true })).Item).toEqual({ ...item, count: { N: '1.5' } });
  expect((await call('GetItem', { Key: id('nobody') })).Item).toBeUndefined();
});

test('a condition that does not hold is ConditionalCheckFailedException, and nothing changes', async () => {
  const unless = { ConditionExpression: 'attribute_not_exists(id)' };
  await call('PutItem', { Item: { ...id('once'), n: { N: '1' } }, ...unless });

  expect(await call('PutItem', { Item: { ...id('once'), n: { N: '2' } }, ...unless })).toMatchObject({
    error: 'ConditionalCheckFailedException',
    status: 400,
    message: 'The conditional request failed',
  });
  expect((await call('GetItem', { Key: id('once') })).Item.n).toEqual({ N: '1' });
});

test('an update adds, sets and removes, and answers with the values that were asked for', async () => {
  await call('PutItem', { Item: { ...id('update'), n: { N: '1' }, was: { S: 'x' } } });
  const update = {
    Key: id('update'),
    UpdateExpression: 'ADD n :two SET #name = if_not_exists(#name, :name) REMOVE was',
    ConditionExpression: 'n < :limit',
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: { ':two': { N: '2' }, ':name': { S: 'first' }, ':limit': { N: '3' } },
    ReturnValues: 'ALL_NEW',
  };

  expect((await call('UpdateItem', update)).Attributes).toEqual({ ...id('update'), n: { N: '3' }, name: { S: 'first' } });
  expect(await call('UpdateItem', update)).toMatchObject({ error: 'ConditionalCheckFailedException' });
});

test('sixteen updates at once of one item lose nothing', async () => {
  const add = { Key: id('busy'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
  await Promise.all(Array.from({ length: 16 }, () => call('UpdateItem', add)));

  expect((await call('GetItem', { Key: id('busy') })).Item.n).toEqual({ N: '16' });
});

test('a deleted item is gone from a consistent scan', async () => {
  await call('PutItem', { Item: id('stays') });
  await call('PutItem', { Item: id('goes') });

  expect((await call('DeleteItem', { Key: id('goes'), ReturnValues: 'ALL_OLD' })).Attributes).toEqual(id('goes'));

  const ids = (await call('Scan', { ConsistentRead: true })).Items.map((item: { id: { S: string } }) => item.id.S);
  expect(ids).toContain('stays');
  expect(ids).not.toContain('goes');
});

test('a query reads a global secondary index', async () => {
  for (const name of ['a', 'b']) await call('PutItem', { Item: { ...id(name), owner: { S: `owner of ${name}` } } }, host.ref('Indexed'));

  const query = { IndexName: 'by-owner', KeyConditionExpression: '#o = :o', ExpressionAttributeNames: { '#o': 'owner' } };
  const { Items } = await call('Query', { ...query, ExpressionAttributeValues: { ':o': { S: 'owner of b' } } }, host.ref('Indexed'));

  expect(Items).toEqual([{ ...id('b'), owner: { S: 'owner of b' } }]);
});

test('items whose time to live has passed are deleted, others stay', async () => {
  const now = Math.floor(Date.now() / 1000);
  const times = { past: now - 60, future: now + 3600, 'long ago': 60 };
  for (const [name, time] of Object.entries(times)) await call('PutItem', { Item: { ...id(name), expires_at: { N: String(time) } } });

  await eventually(async () => (await call('GetItem', { Key: id('past') })).Item === undefined);

  for (const name of ['future', 'long ago']) expect((await call('GetItem', { Key: id(name) })).Item).toBeDefined();
  expect((await call('DescribeTimeToLive')).TimeToLiveDescription).toEqual({ AttributeName: 'expires_at', TimeToLiveStatus: 'ENABLED' });
});

test.for(['TransactWriteItems', 'ExecuteStatement', 'DeleteTable', 'UpdateContinuousBackups'])(
  '%s is refused by its name',
  async (command) => {
    expect(await call(command)).toMatchObject({
      error: 'UnknownOperationException',
      message: expect.stringContaining(`${command} is not among the operations of this host's DynamoDB`),
    });
  },
);

test('a member that would have no effect is refused by its name', async () => {
  const input = { Item: id('x'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  expect(await call('PutItem', input)).toMatchObject({
    error: 'ValidationException',
    message: expect.stringContaining('ReturnValuesOnConditionCheckFailure of PutItem'),
  });
});

test('what a table cannot honour ends the start with its name', async () => {
  const streaming = table({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });
  await expect(hostFixture({ Streaming: streaming })).rejects.toThrow('StreamSpecification');
  await expect(hostFixture({ Everywhere: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} } })).rejects.toThrow(
    'AWS::DynamoDB::GlobalTable',
  );
});
