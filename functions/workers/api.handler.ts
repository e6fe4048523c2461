import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { sqs } from '../shared/aws.ts';
import { resilientRedis } from '../shared/cache.ts';
import { env } from '../shared/env.ts';
import { json, Refusal } from '../shared/http/answer.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { log } from '../shared/logging.ts';
import { queueCounts } from './counts.ts';
import { journalReader } from './journal-reader.ts';
import { measurements } from './measurements.ts';
import { replayQueue } from './replay.ts';
import { workersRoutes } from './routes.ts';
import { workersService } from './service.ts';
import { watchedIn } from './watched.ts';

const CACHE_DEADLINE_MS = 500;
const REPLAY_MESSAGES = 1_000;
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

export const handler = httpHandler(workersRoutes, {
  report: async () => json(await report()),
  replay: async ({ path }) => {
    const queue = watched.find(({ name }) => name === path.queue);
    if (!queue) throw new Refusal(json({ message: 'not found' }, 404));
    const until = performance.now() + REPLAY_MS;
    const bounds = { messages: REPLAY_MESSAGES, isOver: () => performance.now() > until };
    const moved = queue.kind === 'queue' ? await replayQueue(sqs(), queue, bounds) : 0;
    const { waiting, inFlight } = await counts(queue.deadLettersUrl);
    return json({ queue: queue.name, moved, left: waiting + inFlight });
  },
});
