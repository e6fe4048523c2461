// What travels on Kafka or SQS: the id and the key, never the picture.
import * as z from 'zod';

export const Job = z.object({ id: z.string(), key: z.string() });
export type Job = z.infer<typeof Job>;

/** Puts a job on the transport. Resolves once the transport holds it (Kafka: acks of all in-sync replicas). */
export interface Announcer {
  announce(job: Job, requestId: string): Promise<void>;
}
