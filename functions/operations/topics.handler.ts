// Creates the Kafka topic of a custom resource, or adds partitions to it. A topic is never deleted: its records outlive the stack.
import { Admin } from '@platformatic/kafka';
import * as z from 'zod';
import { deployStep } from '../shared/custom-resource.ts';
import { kafkaOptions } from '../shared/kafka.ts';

/** CloudFormation hands numbers over as text (C1). */
const Topic = z.object({
  Topic: z.string(),
  Partitions: z.coerce.number().int().positive(),
  Replicas: z.coerce.number().int().positive(),
  MinInSyncReplicas: z.string(),
});

export const handler = deployStep('topics', async (properties) => {
  const { Topic: name, Partitions: partitions, Replicas: replicas, MinInSyncReplicas } = Topic.parse(properties);
  const admin = new Admin({ ...(await kafkaOptions()), strict: false, retries: 5, retryDelay: 500 });
  try {
    if (!(await admin.listTopics()).includes(name)) {
      await admin.createTopics({
        topics: [name],
        partitions,
        replicas,
        configs: [{ name: 'min.insync.replicas', value: MinInSyncReplicas }],
      });
      return;
    }
    const existing = (await admin.metadata({ topics: [name], forceUpdate: true })).topics.get(name)?.partitionsCount ?? 0;
    if (existing < partitions) await admin.createPartitions({ topics: [{ name, count: partitions, assignments: null }] });
  } finally {
    await admin.close();
  }
});
