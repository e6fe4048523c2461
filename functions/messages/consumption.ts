// From the queue into the table. What can never be stored is put aside at once, so that it holds up nobody.
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { codeOf } from '../shared/database.ts';
import { log } from '../shared/logging.ts';
import type { TracesOf } from '../shared/ordered-batch.ts';
import { acceptedRequestId, REQUEST_ID } from '../shared/request-context.ts';
import { isTransient } from '../shared/transient.ts';
import { Channel } from './channel.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Pushes } from './live/pushes.ts';
import type { Message, StoredMessage } from './message.ts';
import { unsealed } from './payload.ts';
import type { MessageRepository } from './repository.ts';

export interface Dependencies {
  readonly messages: Pick<MessageRepository, 'store'>;
  readonly pushes: Pick<Pushes, 'stored'>;
  readonly deadLetters: DeadLetters;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** The data itself is refused: wrong string, out of range, too long, no date, too large a packet. Nothing that time would mend. */
const REFUSED = new Set([1366, 1264, 1406, 1292, 1153]);
const PAUSE_MS = 200;

const Attributes = z.object({ key: z.uuid(), at: z.iso.datetime(), channel: Channel });

export const consumption =
  ({ messages, pushes, deadLetters, pause }: Dependencies) =>
  /**
   * Stores and announces the batch, or throws: then all of it comes again, which changes nothing for what is stored already. While the database is
   * away it is tried again as long as `isInTime`, so that its return is noticed before the visibility time-out is over.
   */
  async (records: readonly SQSRecord[], isInTime: () => boolean, tracesOf: TracesOf = () => []): Promise<void> => {
    const readable: { record: SQSRecord; message: Message }[] = [];
    for (const record of records) {
      const message = read(record);
      if (message) readable.push({ record, message: { ...message, trace: tracesOf(record)[0] } });
      else await deadLetters.put(record, 'This is no message: its attributes or its body are not what the API sends');
    }
    if (readable.length === 0) return;
    const stored = await storeAll(readable);
    if (stored.length > 0) await pushes.stored(inOrder(stored));

    /** One commit for all; where the data of some is refused, one for each. */
    async function storeAll(batch: typeof readable): Promise<StoredMessage[]> {
      try {
        return await patiently(() => messages.store(batch.map(({ message }) => message)));
      } catch (error) {
        if (!REFUSED.has(codeOf(error) ?? 0)) throw error;
        const [only] = batch;
        if (batch.length > 1 || !only) return (await eachAlone(batch)).flat();
        await deadLetters.put(only.record, `The database refuses it: ${(error as Error).message}`);
        return [];
      }
    }

    async function eachAlone(batch: typeof readable): Promise<StoredMessage[][]> {
      const all: StoredMessage[][] = [];
      for (const one of batch) all.push(await storeAll([one]));
      return all;
    }

    async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!isTransient(error) || !isInTime()) throw error;
          log.warn('the database is away, trying again', error as Error);
          await pause(PAUSE_MS);
        }
      }
    }
  };

/** Undefined for what this system has not sent. */
function read({ body, messageAttributes }: SQSRecord): Message | undefined {
  const parsed = Attributes.safeParse({
    key: messageAttributes.key?.stringValue,
    at: messageAttributes.at?.stringValue,
    channel: messageAttributes.channel?.stringValue,
  });
  const text = unsealed(body);
  if (!parsed.success || text === undefined || !isJson(text)) return undefined;
  return { ...parsed.data, text, requestId: acceptedRequestId(messageAttributes[REQUEST_ID]?.stringValue, '-') };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** A message that came a second time has an id of long ago. */
const inOrder = (stored: readonly StoredMessage[]) => stored.toSorted((one, other) => one.id - other.id);
