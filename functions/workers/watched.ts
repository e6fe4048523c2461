// The queues and topics there are, as the CDK app names them in the variable WORKERS.
import * as z from 'zod';

const Common = z.object({
  /** In paths and on the page. */
  name: z.string(),
  description: z.string(),
  /** Name at its service: what the journal and CloudWatch know it by. */
  source: z.string(),
  deadLettersUrl: z.string(),
  /** Names of the functions that it feeds. */
  consumers: z.array(z.string()),
});

const Queue = Common.extend({ kind: z.literal('queue'), url: z.string() });
const Topic = Common.extend({ kind: z.literal('topic'), cluster: z.string(), group: z.string() });

export const Watched = z.discriminatedUnion('kind', [Queue, Topic]);
export type Watched = z.infer<typeof Watched>;
export type WatchedQueue = z.infer<typeof Queue>;
export type WatchedTopic = z.infer<typeof Topic>;

export const watchedIn = (variable: string): Watched[] => z.array(Watched).parse(JSON.parse(variable));
