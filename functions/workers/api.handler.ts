import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { sqs } from '../shared/aws.ts';
import { resilientRedis } from '../shared/cache.ts';
import { env } from '../shared/env.ts';
import { json, Refusal } from '../shared/http/answer.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { kafkaOptions } from '../shared/kafka.ts';
import { log } from '../shared/logging.ts';
import { gaugesTask } from '../shared/metrics/gauges.ts';
import { serviceHandler } from '../shared/task.ts';
import { queueCounts } from './counts.ts';
import { queueGauges } from './gauges.ts';
import { journalReader } from './journal-reader.ts';
import { measurements } from './measurements.ts';
import { type Bounds, replay, toQueue } from './replay.ts';
import { workersRoutes } from './routes.ts';
import { workersService } from './service.ts';
import { toTopic } from './to-topic.ts';
import { openTopicLog } from './topic-log.ts';
import { type Watched, watchedIn } from './watched.ts';

const CACHE_DEADLINE_MS = 500;
/** One call ends well before API Gateway's 29 s. */
const REPLAY_LETTERS = 1_000;
const REPLAY_MS = 20_000;

const watched = watchedIn(env('WORKERS'));
const clock = () => new Date();
const counts = queueCounts(sqs());
const report = workersService(
  watched,
  {
    counts,
    measurements: measurements(new CloudWatchClient(), clock),
    journal: journalReader(resilientRedis(CACHE_DEADLINE_MS), clock),
    onFailure: (what, error) => log.warn(`${what} cannot be read`, error as Error),
  },
  clock,
);

async function putBack(source: Watched, bounds: Bounds): Promise<number> {
  if (source.kind === 'queue') return replay(sqs(), source.deadLettersUrl, toQueue(sqs(), source), bounds);
  const topicLog = openTopicLog(await kafkaOptions(), source.source);
  return replay(sqs(), source.deadLettersUrl, toTopic(topicLog), bounds).finally(() => topicLog.close());
}

const http = httpHandler(workersRoutes, {
  report: async () => json(await report()),
  replay: async ({ path }) => {
    const source = watched.find(({ name }) => name === path.queue);
    if (!source) throw new Refusal(json({ message: 'not found' }, 404));
    const { waiting: letters } = await counts(source.deadLettersUrl);
    const until = performance.now() + REPLAY_MS;
    const isOver = () => performance.now() > until;
    const moved = letters > 0 ? await putBack(source, { letters: Math.min(letters, REPLAY_LETTERS), isOver }) : 0;
    const { waiting, inFlight } = await counts(source.deadLettersUrl);
    return json({ queue: source.name, moved, left: waiting + inFlight });
  },
});

export const handler = serviceHandler(
  http,
  gaugesTask(async () => queueGauges(await report())),
);
