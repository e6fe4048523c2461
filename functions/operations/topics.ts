// A topic as it is asked for: created, or given the partitions that it lacks. Records are never moved or dropped for it.
import type { Admin } from '@platformatic/kafka';
import { log } from '../shared/logging.ts';

export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly replicas: number;
}

/** What of a client is needed here. */
export type TopicAdmin = Pick<Admin, 'listTopics' | 'createTopics' | 'createPartitions' | 'metadata'>;

/** Safe to run again. Throws where only a person can help. */
export async function ensureTopic(admin: TopicAdmin, topic: Topic): Promise<void> {
  const { name, partitions, replicas } = topic;
  if (!(await admin.listTopics()).includes(name)) return create(admin, topic);
  const { partitionsCount = 0, partitions: present = [] } =
    (await admin.metadata({ topics: [name], forceUpdate: true })).topics.get(name) ?? {};
  const held = present[0]?.replicas.length ?? 0;
  if (held < replicas)
    throw new Error(
      `The topic ${name} has ${held} replicas and ${replicas} are asked for. Kafka changes that only with kafka-reassign-partitions.sh: ` +
        'run it for every partition, then deploy again.',
    );
  if (partitionsCount < partitions) await admin.createPartitions({ topics: [{ name, count: partitions, assignments: null }] });
  // More than was asked for is no error: a deployment that goes back must get through.
  if (held > replicas) log.warn(`the topic ${name} keeps its ${held} replicas: kafka-reassign-partitions.sh takes some away`);
  if (partitionsCount > partitions) log.warn(`the topic ${name} keeps its ${partitionsCount} partitions: Kafka takes none away`);
}

/** How many replicas must be in step says the cluster's configuration alone: a number of the topic's own would hold for ever. */
async function create(admin: TopicAdmin, { name, partitions, replicas }: Topic): Promise<void> {
  try {
    await admin.createTopics({ topics: [name], partitions, replicas });
  } catch (error) {
    // CloudFormation may call twice: then it is there now.
    if (!(await admin.listTopics()).includes(name)) throw error;
  }
}
