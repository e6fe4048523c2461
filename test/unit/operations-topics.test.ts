// What becomes of a topic when a deployment asks for it: again, for more of it, or for what Kafka does not do.
import { describe, expect, it, vi } from 'vitest';
import { ensureTopic, type TopicAdmin } from '../../functions/operations/topics.ts';
import { log } from '../../functions/shared/logging.ts';

log.setLogLevel('SILENT');

interface NewTopic {
  readonly topics: readonly [string];
  readonly partitions: number;
  readonly replicas: number;
  readonly configs?: readonly { readonly name: string }[];
}

/** A cluster with the topics that it is given, by partitions and replicas. */
function cluster(topics: Record<string, { partitions: number; replicas: number }>) {
  const asked: string[] = [];
  const admin = {
    listTopics: async () => Object.keys(topics),
    createTopics: async ({ topics: [name], partitions, replicas, configs = [] }: NewTopic) => {
      asked.push([`create ${name}: ${partitions} × ${replicas}`, ...configs.map((config) => config.name)].join(', '));
      topics[name] = { partitions, replicas };
      return [];
    },
    createPartitions: async ({ topics: [topic] }: Parameters<TopicAdmin['createPartitions']>[0]) => {
      asked.push(`grow ${topic?.name} to ${topic?.count}`);
    },
    metadata: async () => ({
      topics: new Map(
        Object.entries(topics).map(([name, { partitions, replicas }]) => [
          name,
          { partitionsCount: partitions, partitions: Array.from({ length: partitions }, () => ({ replicas: Array(replicas).fill(1) })) },
        ]),
      ),
    }),
  } as unknown as TopicAdmin;
  return { admin, asked };
}

const jobs = { name: 'jobs', partitions: 4, replicas: 3 };

describe('a topic', () => {
  it('is created once, with what is asked for, and leaves the rest to the cluster', async () => {
    const { admin, asked } = cluster({});

    await ensureTopic(admin, jobs);
    await ensureTopic(admin, jobs);

    expect(asked).toEqual(['create jobs: 4 × 3']);
  });

  it('that another call has created in between is taken as it is', async () => {
    const { admin } = cluster({});
    const { createTopics } = admin;
    const late = {
      ...admin,
      createTopics: async (options: Parameters<TopicAdmin['createTopics']>[0]) => {
        await createTopics(options);
        throw new Error('TOPIC_ALREADY_EXISTS');
      },
    } as unknown as TopicAdmin;

    await ensureTopic(late, jobs);

    expect(await admin.listTopics()).toEqual(['jobs']);
  });

  it('that cannot be created is an error', async () => {
    const { admin } = cluster({});
    const failing = { ...admin, createTopics: () => Promise.reject(new Error('no brokers')) } as unknown as TopicAdmin;

    await expect(ensureTopic(failing, jobs)).rejects.toThrow('no brokers');
  });

  it('grows, and never shrinks', async () => {
    const { admin, asked } = cluster({ jobs: { partitions: 4, replicas: 3 } });

    await ensureTopic(admin, { ...jobs, partitions: 8 });
    await ensureTopic(admin, { ...jobs, partitions: 2 });

    expect(asked).toEqual(['grow jobs to 8']);
  });

  it('with fewer replicas than are asked for says what to do', async () => {
    const { admin, asked } = cluster({ jobs: { partitions: 4, replicas: 2 } });

    await expect(ensureTopic(admin, jobs)).rejects.toThrow(/has 2 replicas and 3 are asked for.*kafka-reassign-partitions/);
    expect(asked).toEqual([]);
  });

  it('keeps the replicas that a deployment before had, when that goes back', async () => {
    const { admin, asked } = cluster({ jobs: { partitions: 4, replicas: 3 } });
    const warn = vi.spyOn(log, 'warn');

    await ensureTopic(admin, { ...jobs, replicas: 2 });

    expect(asked).toEqual([]);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('keeps its 3 replicas'));
  });
});
