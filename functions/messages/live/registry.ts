// The table of connections, and one item beside them: how far the live stream has come.
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

/** `new`: not served yet. `resuming`: gets its history first. `live`: gets what is stored from now on. */
export type ConnectionState = 'new' | 'resuming' | 'live';

export interface ConnectionRecord {
  readonly id: string;
  readonly state: ConnectionState;
  /** Undefined: all. */
  readonly channels: readonly string[] | undefined;
  /** Token of its last resume: pieces that an earlier one still has waiting are left out. */
  readonly resume: string | undefined;
  /** In ms. */
  readonly cameAt: number;
}

export interface StreamRecord {
  /** Id of the last message that live connections were told of, or are being told of. Undefined before the first batch and the first connection. */
  readonly position: number | undefined;
  /** Rises with each connection that comes or goes. */
  readonly changes: number;
  /** The delivery that moved the stream last. Should it come again, nobody knows who was told. */
  readonly movedBy: string | undefined;
  /** The environment that serves the stream. What another remembers of listeners is no longer true. */
  readonly servedBy: string | undefined;
}

export interface Move {
  readonly to: number;
  /** The delivery that moves the stream; undefined where it stays where it is. */
  readonly movedBy: string | undefined;
  readonly servedBy: string;
}

/** No connection id of API Gateway has a `#`. */
const STREAM = { id: { S: '#stream' } };
/** Of a connection; API Gateway ends them after two hours. */
const LIFETIME_S = 3 * 3600;
/** DynamoDB takes 25 writes a call. */
const BATCH_WRITES = 25;
const CONDITION_FAILED = 'ConditionalCheckFailedException';

export type Registry = ReturnType<typeof registry>;

export function registry(client: DynamoDBClient, TableName: string) {
  const change = async (): Promise<StreamRecord> => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName,
        Key: STREAM,
        UpdateExpression: 'SET #position = if_not_exists(#position, :zero) ADD changes :one',
        ExpressionAttributeNames: { '#position': 'position' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':zero': { N: '0' } },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return streamOf(Attributes);
  };

  return {
    /** A connection came. Gives the position of the stream at a time when the stream may know the connection already; 0 for the first of all. */
    async arrive(id: string, cameAt: number): Promise<number> {
      const record = { id, state: 'new', channels: undefined, resume: undefined, cameAt } as const;
      await client.send(new PutItemCommand({ TableName, Item: itemOf(record) }));
      const { position = 0 } = await change();
      return position;
    },

    async leave(id: string): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));
      await change();
    },

    /** Connections that turned out to be gone. */
    async forget(ids: readonly string[]): Promise<void> {
      await Promise.all(ids.map((id) => client.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }))));
    },

    async stream(): Promise<StreamRecord> {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: STREAM, ConsistentRead: true }));
      return streamOf(Item);
    },

    async connections(): Promise<ConnectionRecord[]> {
      const all: ConnectionRecord[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
        all.push(...Items.filter(({ id }) => id?.S !== STREAM.id.S).map(connectionOf));
      return all;
    },

    /**
     * Moves the stream on, before anybody is told: whoever finds it moved knows that some may have been told. Undefined where it is no longer where
     * `from` says, or served by another.
     */
    async advance(from: Pick<StreamRecord, 'position' | 'servedBy'>, { to, movedBy, servedBy }: Move): Promise<StreamRecord | undefined> {
      const was = (name: string, value: unknown) =>
        value === undefined ? `attribute_not_exists(${name})` : `${name} = :was_${name.replace('#', '')}`;
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            TableName,
            Key: STREAM,
            UpdateExpression: `SET #position = :to, served_by = :served_by${movedBy === undefined ? '' : ', moved_by = :moved_by'}`,
            ConditionExpression: `${was('#position', from.position)} AND ${was('served_by', from.servedBy)}`,
            ExpressionAttributeNames: { '#position': 'position' },
            ExpressionAttributeValues: {
              ':to': { N: String(to) },
              ':served_by': { S: servedBy },
              ...(movedBy === undefined ? {} : { ':moved_by': { S: movedBy } }),
              ...(from.position === undefined ? {} : { ':was_position': { N: String(from.position) } }),
              ...(from.servedBy === undefined ? {} : { ':was_served_by': { S: from.servedBy } }),
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return streamOf(Attributes);
      } catch (error) {
        if ((error as Error).name === CONDITION_FAILED) return undefined;
        throw error;
      }
    },

    /** Many at once. One that is gone meanwhile comes back into the table, until a post to it finds out. */
    async saveAll(records: readonly ConnectionRecord[]): Promise<void> {
      const writes = records.map((record) => ({ PutRequest: { Item: itemOf(record) } }));
      while (writes.length > 0) {
        const { UnprocessedItems } = await client.send(
          new BatchWriteItemCommand({ RequestItems: { [TableName]: writes.splice(0, BATCH_WRITES) } }),
        );
        const left = Object.values(UnprocessedItems ?? {}).flat().length;
        // Whoever asked comes again: a table that refuses writes is not pressed.
        if (left > 0) throw new Error(`the table of connections left out ${left} writes`);
      }
    },

    /** A connection that is gone meanwhile stays gone. */
    async save({ id, state, channels, resume }: ConnectionRecord): Promise<void> {
      const token = resume === undefined ? '' : ', resume_token = :resume_token';
      await client
        .send(
          new UpdateItemCommand({
            TableName,
            Key: { id: { S: id } },
            UpdateExpression: `SET #state = :state${token}${channels ? ', channels = :channels' : ' REMOVE channels'}`,
            ConditionExpression: 'attribute_exists(id)',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':state': { S: state },
              ...(channels ? { ':channels': { SS: [...channels] } } : {}),
              ...(resume === undefined ? {} : { ':resume_token': { S: resume } }),
            },
          }),
        )
        .catch((error: Error) => {
          if (error.name !== CONDITION_FAILED) throw error;
        });
    },
  };
}

const itemOf = ({ id, state, channels, resume, cameAt }: ConnectionRecord): Record<string, AttributeValue> => ({
  id: { S: id },
  state: { S: state },
  ...(channels ? { channels: { SS: [...channels] } } : {}),
  ...(resume === undefined ? {} : { resume_token: { S: resume } }),
  expires_at: { N: String(Math.floor(cameAt / 1000) + LIFETIME_S) },
});

const streamOf = (item: Record<string, AttributeValue> = {}): StreamRecord => ({
  position: item.position?.N === undefined ? undefined : Number(item.position.N),
  changes: Number(item.changes?.N ?? 0),
  movedBy: item.moved_by?.S,
  servedBy: item.served_by?.S,
});

const connectionOf = ({ id, state, channels, resume_token, expires_at }: Record<string, AttributeValue>): ConnectionRecord => ({
  id: id?.S ?? '',
  state: (state?.S ?? 'new') as ConnectionState,
  channels: channels?.SS,
  resume: resume_token?.S,
  cameAt: (Number(expires_at?.N) - LIFETIME_S) * 1000,
});
