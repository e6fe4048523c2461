import { json } from '../shared/http/answer.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { cacheLine, databaseLine, kafkaLine, queueLine } from './lines.ts';
import { probe } from './probe.ts';
import { statusRoutes } from './routes.ts';
import { asBooleans, asHealth, statusService } from './service.ts';

/** All three are asked at once, and the answer must come in under a second also when all three hang. */
const DEADLINE_MS = 700;

const queueUrl = process.env.PICTURES_QUEUE_URL;

const report = statusService(
  {
    Database: probe(() => databaseLine(DEADLINE_MS), DEADLINE_MS),
    Cache: probe(() => cacheLine(DEADLINE_MS), DEADLINE_MS),
    Messaging: probe(() => (queueUrl ? queueLine(queueUrl, DEADLINE_MS) : kafkaLine(DEADLINE_MS)), DEADLINE_MS),
  },
  () => new Date(),
);

// Opens the three connections while the environment starts, so that the first answer is not late.
report().catch(() => undefined);

export const handler = httpHandler(statusRoutes, {
  layers: async () => json(asBooleans(await report())),
  ready: async () => {
    const health = asHealth(await report(), queueUrl ? 'sqs' : 'kafka');
    return json(health, health.status === 'pass' ? 200 : 503, { 'content-type': 'application/health+json' });
  },
  alive: async () => json({ status: 'working' }),
});
