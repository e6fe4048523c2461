// AWS::DynamoDB::Table: a table in dynalite. It is made once and kept, with its items, at every later start.
import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../host.ts';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { Created, Resource, ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::DynamoDB::Table',
  honours: [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'ProvisionedThroughput',
    'TableName',
    'TimeToLiveSpecification',
  ],
  ignores: {
    ContributorInsightsSpecification: reasons.watching,
    DeletionProtectionEnabled: 'nothing deletes a table here',
    OnDemandThroughput: reasons.capacity,
    PointInTimeRecoverySpecification: reasons.backup,
    SSESpecification: reasons.encryption,
    TableClass: 'it only changes the price',
    Tags: reasons.label,
    WarmThroughput: reasons.capacity,
  },
  create,
};

// biome-ignore lint/suspicious/noExplicitAny: tables as the template and as DynamoDB describe them, which are the same words
type Table = Readonly<Record<string, any>>;

async function create(resource: Resource, { dynamodb, options }: Host): Promise<Created> {
  if (!dynamodb) throw new Error('DynamoDB was not started');
  const { url } = dynamodb;
  const TableName = String(resource.properties.TableName ?? physicalName(resource, 255));
  const wanted = tableOf(resource.properties);
  await call(url, 'CreateTable', { TableName, ...wanted }, 'ResourceInUseException');
  const { Table } = await call(url, 'DescribeTable', { TableName });
  if (!isDeepStrictEqual(shapeOf(Table), shapeOf(wanted)))
    throw new Error(
      `The table ${TableName} is here already with other keys or indexes, which cannot change while it has items: start with --fresh, or give it another name`,
    );
  const { AttributeName, Enabled = false } = resource.properties.TimeToLiveSpecification ?? {};
  const TimeToLiveSpecification = { AttributeName: AttributeName ?? '', Enabled: String(Enabled) === 'true' };
  await call(url, 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
  return { ref: TableName, attributes: { Arn: `arn:aws:dynamodb:${options.region}:${options.account}:table/${TableName}` } };
}

/** What CreateTable takes of the properties; throughput is a number there, and may be text in a template. */
function tableOf({ AttributeDefinitions, BillingMode, GlobalSecondaryIndexes, KeySchema, ...rest }: Table): Table {
  const { LocalSecondaryIndexes, ProvisionedThroughput } = rest;
  return {
    AttributeDefinitions,
    KeySchema,
    ...(BillingMode && { BillingMode }),
    ...(ProvisionedThroughput && { ProvisionedThroughput: throughput(ProvisionedThroughput) }),
    ...(GlobalSecondaryIndexes?.length && { GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(index) }),
    ...(LocalSecondaryIndexes?.length && { LocalSecondaryIndexes: LocalSecondaryIndexes.map(index) }),
  };
}

const index = ({ IndexName, KeySchema, Projection, ProvisionedThroughput }: Table): Table => ({
  IndexName,
  KeySchema,
  Projection,
  ...(ProvisionedThroughput && { ProvisionedThroughput: throughput(ProvisionedThroughput) }),
});

const throughput = ({ ReadCapacityUnits, WriteCapacityUnits }: Table): Table => ({
  ReadCapacityUnits: Number(ReadCapacityUnits),
  WriteCapacityUnits: Number(WriteCapacityUnits),
});

/** What cannot change about a table; the order of definitions and of indexes means nothing. */
function shapeOf({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: Table): Table {
  const by = (name: string) => (one: Table, other: Table) => (one[name] < other[name] ? -1 : 1);
  const indexes = (given: Table[]) =>
    given.map(({ IndexName, KeySchema: keys, Projection }) => ({ IndexName, keys, Projection })).toSorted(by('IndexName'));
  return {
    KeySchema,
    attributes: AttributeDefinitions.toSorted(by('AttributeName')),
    global: indexes(GlobalSecondaryIndexes),
    local: indexes(LocalSecondaryIndexes),
  };
}

/** Plain HTTP: loading the SDK would cost the host a tenth of a second at each start. */
async function call(url: string, operation: string, input: object, expected?: string): Promise<Table> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  const answer = (await response.json()) as Table;
  if (!response.ok && answer.__type.split('#').at(-1) !== expected) throw new Error(`DynamoDB refused ${operation}: ${answer.message}`);
  return answer;
}
