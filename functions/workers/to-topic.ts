// A topic's dead letters do not hold the records, only where they are: they are read from the topic's log and written to its end again.
import * as z from 'zod';
import { log } from '../shared/logging.ts';
import type { PutBack } from './replay.ts';
import type { TopicLog } from './topic-log.ts';

/** What Lambda sends to an on-failure destination, as far as it is needed. */
const Letter = z.object({
  KafkaBatchInfo: z.object({
    recordsInfo: z.record(
      z.string().regex(/^.+-\d+$/),
      z.object({ firstRecordOffset: z.coerce.bigint(), lastRecordOffset: z.coerce.bigint() }),
    ),
  }),
});

/** A letter whose records Kafka does not keep any more stays where it is, for people to read. */
export const toTopic =
  (topicLog: Pick<TopicLog, 'append'>): PutBack =>
  async ({ Body = '', MessageId }) => {
    try {
      const { KafkaBatchInfo } = Letter.parse(JSON.parse(Body));
      for (const [name, { firstRecordOffset, lastRecordOffset }] of Object.entries(KafkaBatchInfo.recordsInfo))
        await topicLog.append(Number(name.slice(name.lastIndexOf('-') + 1)), firstRecordOffset, lastRecordOffset);
      return true;
    } catch (error) {
      log.error(`dead letter ${MessageId} cannot be replayed and stays`, error as Error);
      return false;
    }
  };
