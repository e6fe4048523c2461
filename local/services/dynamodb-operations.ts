// The operations of DynamoDB that dynalite has, as functions; everything else is refused by its name.
import type { Store } from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import { AwsError, type JsonOperation } from './control-api.ts';

export type Operations = Readonly<Record<string, JsonOperation>>;

/** Of dynalite's own, those that work on items or only look. Tables are the template's: nobody changes or deletes them while the host runs. */
const names = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

interface Validation {
  readonly types: Readonly<Record<string, unknown>>;
  readonly custom: unknown;
}
type Action = (store: Store, input: object, done: (error: DynaliteError | null, output?: unknown) => void) => void;
interface DynaliteError extends Error {
  readonly statusCode?: number;
  readonly body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/** dynalite's own HTTP handler is not used: it throws at a request that breaks off, and drops members that it does not know. */
export async function dynamodbOperations(store: Store): Promise<Operations> {
  await activate(store);
  const operations = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await operation(name, store)] as const)));
  return {
    ...operations,
    async CreateTable(input: object) {
      const output = await operations.CreateTable?.(input);
      await activate(store);
      return output;
    },
  };
}

/** A table is created by two writes, a moment apart: a kill in between must not leave it in creation for ever. */
async function activate(store: Store): Promise<void> {
  for await (const [key, table] of store.db.iterator({ gte: 'table~', lt: 'table~\xff' })) {
    if (table.TableStatus === 'ACTIVE') continue;
    const GlobalSecondaryIndexes = table.GlobalSecondaryIndexes?.map((index: object) => ({ ...index, IndexStatus: 'ACTIVE' }));
    await store.db.put(key, { ...table, ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }), TableStatus: 'ACTIVE' });
  }
}

async function operation(name: string, store: Store): Promise<JsonOperation> {
  const file = `${name[0]?.toLowerCase()}${name.slice(1)}.js`;
  const [{ default: act }, { default: validation }] = (await Promise.all([
    import(`dynalite/actions/${file}`),
    import(`dynalite/validations/${file}`),
  ])) as [{ default: Action }, { default: Validation }];
  return (given: object) => {
    // Every read sees every write that was answered before: where dynalite does not know the member, it is kept all the same.
    const { ConsistentRead: _, ...others } = given as { readonly ConsistentRead?: boolean };
    const input = 'ConsistentRead' in validation.types ? given : others;
    const unknown = Object.keys(input).find((member) => !(member in validation.types));
    if (unknown)
      throw new AwsError('ValidationException', `${unknown} of ${name} has no effect in the DynamoDB of this host: leave it out.`);
    const checked = asAwsError(() => {
      const typed = validations.checkTypes(input, validation.types);
      validations.checkValidations(typed, validation.types, validation.custom, store);
      return typed;
    });
    return new Promise((resolve, reject) => {
      act(store, checked, (error, output) => (error ? reject(awsErrorOf(error)) : resolve(output)));
    });
  };
}

function asAwsError<Value>(check: () => Value): Value {
  try {
    return check();
  } catch (error) {
    throw awsErrorOf(error as DynaliteError);
  }
}

/** Errors that are DynamoDB's answers become such; others are dynalite's own and stay as they are. */
const awsErrorOf = (error: DynaliteError): Error =>
  error.body ? new AwsError(error.body.__type, error.body.message ?? error.body.Message ?? '', error.statusCode) : error;
