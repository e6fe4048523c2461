// The report on queues and topics: put together from what can be read, with a problem for each thing that cannot.
import { expect, it } from 'vitest';
import type { Activity } from '../../functions/workers/journal-reader.ts';
import { Report, type Task } from '../../functions/workers/routes.ts';
import { type Sources, workersService } from '../../functions/workers/service.ts';
import type { Watched } from '../../functions/workers/watched.ts';

const mail: Watched = {
  kind: 'queue',
  name: 'mail',
  description: 'Mail',
  source: 'mail-x1',
  url: 'mail',
  deadLettersUrl: 'mail-dead',
  consumers: ['f'],
};
const jobs: Watched = {
  kind: 'topic',
  name: 'jobs',
  description: 'Jobs',
  source: 'jobs',
  cluster: 'c',
  group: 'g',
  deadLettersUrl: 'jobs-dead',
  consumers: ['g'],
};

const task = (queue: string, second: number): Task => ({
  id: `${second}`,
  queue,
  function: 'f',
  startedAt: new Date(second * 1000).toISOString(),
  durationMs: 1,
  outcome: 'done',
  error: null,
  requestId: '-',
});
const activity = (tasks: Task[] = []): Activity => ({ tasks, processedPerSecond: 1.5, failures: 2 });

const lengths: Record<string, number> = { mail: 3, 'mail-dead': 1, 'jobs-dead': 0 };
const healthy: Sources = {
  counts: async (url) => ({ waiting: lengths[url] ?? 0, inFlight: url === 'mail-dead' ? 1 : 0 }),
  measurements: async () => ({
    oldestAge: new Map([
      ['mail-x1', 12],
      ['jobs', 4],
    ]),
    lag: new Map([['jobs', 7]]),
  }),
  journal: async () =>
    new Map([
      ['mail-x1', activity([task('mail-x1', 1), task('mail-x1', 3)])],
      ['jobs', activity([task('jobs', 2)])],
    ]),
  onFailure: () => undefined,
};
const report = async (sources: Partial<Sources> = {}) =>
  Report.parse(await workersService([mail, jobs], { ...healthy, ...sources }, () => new Date(0))());
const fails = async () => {
  throw new Error('away');
};

it('has a number for everything when all can be read', async () => {
  const { queues, tasks, problems, observedAt } = await report();

  const common = { processedPerSecond: 1.5, failures: 2 };
  expect(queues).toEqual([
    {
      name: 'mail',
      kind: 'queue',
      description: 'Mail',
      waiting: 3,
      inFlight: 0,
      oldestAgeSeconds: 12,
      ...common,
      deadLetters: 2,
      consumers: ['f'],
    },
    {
      name: 'jobs',
      kind: 'topic',
      description: 'Jobs',
      waiting: 7,
      inFlight: null,
      oldestAgeSeconds: 4,
      ...common,
      deadLetters: 0,
      consumers: ['g'],
    },
  ]);
  expect(tasks.map(({ id, queue }) => `${queue} ${id}`)).toEqual(['mail 3', 'jobs 2', 'mail 1']);
  expect(problems).toEqual([]);
  expect(observedAt).toBe('1970-01-01T00:00:00.000Z');
});

it('says so when the cache does not answer', async () => {
  const { queues, tasks, problems } = await report({ journal: async () => undefined });

  expect(queues).toMatchObject([
    { waiting: 3, processedPerSecond: null, failures: null },
    { waiting: 7, processedPerSecond: null },
  ]);
  expect(tasks).toEqual([]);
  expect(problems).toEqual(['The cache does not answer: rates, failures and recent tasks are not known now.']);
});

it('says so for each queue that cannot be counted, and tells the log why', async () => {
  const heard: unknown[] = [];
  const { queues, problems } = await report({ counts: fails, onFailure: (what, error) => heard.push([what, (error as Error).message]) });

  expect(queues).toMatchObject([
    { waiting: null, inFlight: null, deadLetters: null, oldestAgeSeconds: 12 },
    { waiting: 7, deadLetters: null },
  ]);
  expect(problems).toHaveLength(3);
  expect(problems).toContain('The number of dead letters of mail cannot be read now.');
  expect(heard).toContainEqual(['The length of mail', 'away']);
});

it('says so when nothing is measured', async () => {
  const { queues, problems } = await report({ measurements: fails });

  expect(queues).toMatchObject([
    { waiting: 3, oldestAgeSeconds: null },
    { waiting: null, oldestAgeSeconds: null },
  ]);
  expect(problems).toEqual(['The age of what waits, and the length of topics, cannot be read now.']);
});

it('says so when a topic has no datapoints, as when Kafka is down', async () => {
  const { queues, problems } = await report({ measurements: async () => ({ oldestAge: new Map(), lag: new Map() }) });

  expect(queues[1]).toMatchObject({ waiting: null, oldestAgeSeconds: null });
  expect(problems).toEqual(['The length of jobs is not measured now.']);
});

it('asks for no age of an empty queue: it is 0', async () => {
  const asked: string[] = [];
  const { queues } = await report({
    counts: async () => ({ waiting: 0, inFlight: 0 }),
    measurements: async (watched) => {
      asked.push(...watched.map(({ name }) => name));
      return { oldestAge: new Map(), lag: new Map([['jobs', 0]]) };
    },
  });

  expect(asked).toEqual(['jobs']);
  expect(queues.map(({ oldestAgeSeconds }) => oldestAgeSeconds)).toEqual([0, 0]);
});

it('shows the hundred latest tasks', async () => {
  const many = Array.from({ length: 80 }, (_, n) => task('mail-x1', 1000 - n));
  const { tasks } = await report({
    journal: async () =>
      new Map([
        ['mail-x1', activity(many)],
        ['jobs', activity(many)],
      ]),
  });

  expect(tasks).toHaveLength(100);
  expect(tasks.at(-1)?.id).toBe('951');
});

it('asks once for all who come within a second', async () => {
  let now = 0;
  let asked = 0;
  const journal = async () => {
    asked++;
    return new Map();
  };
  const ask = workersService([mail], { ...healthy, journal }, () => new Date(now));
  await Promise.all([ask(), ask()]);
  now = 999;
  await ask();
  expect(asked).toBe(1);
  now = 1000;
  await ask();
  expect(asked).toBe(2);
});
