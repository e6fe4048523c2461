import { InvokeCommand } from '@aws-sdk/client-lambda';
import { eventBridge, lambda } from '../shared/aws.ts';
import { resilientRedis } from '../shared/cache.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { attempt } from '../shared/idempotency.ts';
import { gaugesTask } from '../shared/metrics/gauges.ts';
import { serviceHandler } from '../shared/task.ts';
import { invoking } from '../shared/tracing/kinds.ts';
import { inSpan } from '../shared/tracing/span.ts';
import { carrier } from '../shared/tracing/trace-context.ts';
import { catalogue } from './catalogue.ts';
import { catalogueRepository } from './catalogue-repository.ts';
import { control } from './control.ts';
import { syncGauges } from './gauges.ts';
import { publishedCache } from './published-cache.ts';
import { catsRoutes as routes } from './routes.ts';
import { runRepository } from './run-repository.ts';
import { schedule } from './schedule.ts';
import { catsShapes } from './shapes.ts';

/** Longer, and the database is quicker. */
const CACHE_DEADLINE_MS = 50;

const cats = database();
const runs = runRepository(cats);
const cache = publishedCache(resilientRedis(CACHE_DEADLINE_MS));
const breeds = catalogue(catalogueRepository(cats), cache, () => runs.unlessPublishing(cache.nameVersion));
const rule = schedule(eventBridge(), env('SYNC_RULE'));
const sync = control({
  database: cats,
  runs,
  schedule: rule,
  everySeconds: Number(env('SYNC_EVERY_SECONDS')),
  begin: (run, requestId) =>
    inSpan('invoke run', invoking(env('SYNC_FUNCTION')), async () => {
      const Payload = JSON.stringify({ action: 'run', run, requestId, ...carrier() });
      await lambda().send(new InvokeCommand({ FunctionName: env('SYNC_FUNCTION'), InvocationType: 'Event', Payload }));
    }),
});

const http = httpHandler(
  routes,
  {
    breeds: ({ query }) => breeds.breeds(query),
    breed: ({ path }) => breeds.breed(path.id),
    categories: () => breeds.categories(),
    category: ({ path }) => breeds.category(path.id),
    images: ({ query }) => breeds.images({ breed: undefined, category: undefined, ...query }),
    sync: () => sync.status(new Date()),
    runs: ({ query }) => sync.list(query.limit, query.before),
    start: (request) => sync.start(attempt(routes.start, request, new Date())),
    stop: (request) => sync.stop(attempt(routes.stop, request, new Date())),
    run: (request) => sync.run(attempt(routes.run, request, new Date()), request.requestId),
  },
  catsShapes,
);

export const handler = serviceHandler(http, gaugesTask(syncGauges(runs, rule)));
