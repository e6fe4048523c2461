// Creates the Kafka topic of a custom resource, or adds partitions to it. A topic is never deleted: its records outlive the stack.
import { Admin } from '@platformatic/kafka';
import * as z from 'zod';
import { deployStep } from '../shared/custom-resource.ts';
import { kafkaOptions } from '../shared/kafka.ts';
import { ensureTopic } from './topics.ts';

/** CloudFormation hands numbers over as text (C1). */
const Topic = z
  .object({
    Topic: z.string(),
    Partitions: z.coerce.number().int().positive(),
    Replicas: z.coerce.number().int().positive(),
  })
  .transform(({ Topic: name, Partitions: partitions, Replicas: replicas }) => ({ name, partitions, replicas }));

export const handler = deployStep('topics', async (properties) => {
  const topic = Topic.parse(properties);
  const admin = new Admin({ ...(await kafkaOptions()), strict: false, retries: 5, retryDelay: 500 });
  try {
    await ensureTopic(admin, topic);
  } finally {
    await admin.close();
  }
});
