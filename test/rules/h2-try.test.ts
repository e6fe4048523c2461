import { expect, it } from 'vitest';
import { hostFixture } from './fixture.ts';
import { DynamoDBClient, PutItemCommand, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
it('works', async () => {
  const t0 = performance.now();
  const host = await hostFixture({ T: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true } } } });
  console.log('started', performance.now() - t0);
  const c = new DynamoDBClient({ endpoint: host.host.dynamodb!.url, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const TableName = host.ref('T');
  const measure = async (name: string, n: number, conc: number, f: (i: number) => Promise<unknown>) => {
    const times: number[] = []; let i = 0; const t = performance.now();
    await Promise.all(Array.from({ length: conc }, async () => { while (i < n) { const k = i++; const s = performance.now(); await f(k); times.push(performance.now() - s); } }));
    times.sort((a, b) => a - b);
    console.log(name, 'conc', conc, 'p50', times[n >> 1]!.toFixed(2), 'p99', times[Math.floor(n * 0.99)]!.toFixed(2), 'rate', (n / (performance.now() - t) * 1000).toFixed(0));
  };
  for (const conc of [1, 1, 16]) {
    await measure('put', 2000, conc, (k) => c.send(new PutItemCommand({ TableName, Item: { id: { S: `k${k}` }, v: { S: 'x'.repeat(100) }, n: { N: '1' } } })));
    await measure('get', 2000, conc, (k) => c.send(new GetItemCommand({ TableName, ConsistentRead: true, Key: { id: { S: `k${k}` } } })));
    await measure('update', 2000, conc, (k) => c.send(new UpdateItemCommand({ TableName, Key: { id: { S: `k${k}` } }, UpdateExpression: 'ADD n :o', ConditionExpression: 'n >= :o', ExpressionAttributeValues: { ':o': { N: '1' } }, ReturnValues: 'ALL_NEW' })));
  }
  expect((await c.send(new GetItemCommand({ TableName, Key: { id: { S: 'k1' } } }))).Item?.n).toEqual({ N: '2' });
  await host.stop();
}, 60000);
