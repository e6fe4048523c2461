// Time to live of tables, which dynalite lacks: a sweep through the table deletes what has expired.
import type { Store } from 'dynalite/db/index.js';
import { AwsError } from './control-api.ts';
import type { Operations } from './dynamodb-operations.ts';

export interface ExpiryOptions {
  readonly store: Store;
  readonly operations: Operations;
  readonly sweepMs: number;
  readonly warn: (message: string) => void;
}

interface TimeToLive {
  readonly AttributeName: string;
  readonly Enabled: boolean;
}
type Item = Readonly<Record<string, unknown>>;

/** Beside dynalite's own keys in the same database, so that it survives a kill with them. */
const keyOf = (table: string) => `ttl~${table}`;

/** Older times than this are taken for mistakes, as AWS does. */
const FIVE_YEARS_S = 5 * 365 * 24 * 3600;

export function expiry({ store, operations, sweepMs, warn }: ExpiryOptions): { readonly operations: Operations; stop(): void } {
  // biome-ignore lint/suspicious/noExplicitAny: what an operation answers is untyped JSON
  const call = (name: string, input: object): Promise<any> => Promise.resolve(operations[name]?.(input));
  const known = async (table: string) => (await store.db.get(keyOf(table))) as TimeToLive | undefined;

  async function sweepTable(TableName: string, attribute: string): Promise<void> {
    const { Table } = await call('DescribeTable', { TableName });
    const keys: string[] = Table.KeySchema.map((key: { AttributeName: string }) => key.AttributeName);
    const now = Math.floor(Date.now() / 1000);
    const condition = '#expires < :now AND #expires > :oldest';
    const names = () => ({
      ExpressionAttributeNames: { '#expires': attribute },
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':oldest': { N: String(now - FIVE_YEARS_S) } },
    });
    let ExclusiveStartKey: Item | undefined;
    do {
      const from = ExclusiveStartKey && { ExclusiveStartKey };
      const page = await call('Scan', { TableName, FilterExpression: condition, ...names(), ...from });
      for (const item of page.Items as Item[]) {
        const Key = Object.fromEntries(keys.map((name) => [name, item[name]]));
        // Conditional, as on AWS: an item whose time was put off meanwhile stays.
        await call('DeleteItem', { TableName, Key, ConditionExpression: condition, ...names() }).catch(unlessPutOff);
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  async function sweep(): Promise<void> {
    for await (const [key, value] of store.db.iterator({ gte: keyOf(''), lt: keyOf('\xff') })) {
      const { AttributeName, Enabled } = value as TimeToLive;
      if (Enabled) await sweepTable(key.slice(keyOf('').length), AttributeName);
    }
  }

  const next = () => {
    timer = setTimeout(() => {
      sweep()
        // What a stop cuts short goes on after the next start.
        .catch((error: Error) => stopped || warn(`expired items stay until the next sweep: ${error.message}`))
        .finally(() => stopped || next());
    }, sweepMs);
  };
  let stopped = false;
  let timer: NodeJS.Timeout;
  next();

  return {
    operations: {
      async UpdateTimeToLive({ TableName, TimeToLiveSpecification }: { TableName: string; TimeToLiveSpecification: TimeToLive }) {
        await call('DescribeTable', { TableName });
        await store.db.put(keyOf(TableName), TimeToLiveSpecification);
        return { TimeToLiveSpecification };
      },
      async DescribeTimeToLive({ TableName }: { TableName: string }) {
        await call('DescribeTable', { TableName });
        const { AttributeName, Enabled } = (await known(TableName)) ?? { Enabled: false };
        return { TimeToLiveDescription: Enabled ? { AttributeName, TimeToLiveStatus: 'ENABLED' } : { TimeToLiveStatus: 'DISABLED' } };
      },
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function unlessPutOff(error: Error): void {
  if (!(error instanceof AwsError && error.code.endsWith('ConditionalCheckFailedException'))) throw error;
}
