import { randomBytes } from 'node:crypto';
import { s3 } from '../shared/aws.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { attempt } from '../shared/idempotency.ts';
import { gaugesTask } from '../shared/metrics/gauges.ts';
import { serviceHandler } from '../shared/task.ts';
import { announcer } from './announcer.ts';
import { pictureGauges } from './gauges.ts';
import { picturesShapes } from './invalid.ts';
import { pictureRepository } from './repository.ts';
import { picturesRoutes } from './routes.ts';
import { picturesService } from './service.ts';
import { pictureStorage } from './storage.ts';

const pictures = database();
const repository = pictureRepository(pictures);
const service = picturesService({
  database: pictures,
  pictures: repository,
  storage: pictureStorage(s3(), env('PICTURES_BUCKET')),
  announcer: announcer(),
});

const http = httpHandler(
  picturesRoutes,
  {
    resize: (request) =>
      service.accept(randomBytes(20).toString('hex'), request.body, request.requestId, attempt(picturesRoutes.resize, request, new Date())),
    find: ({ path }) => service.find(path.id),
    image: ({ path }) => service.image(path.id),
    jobs: ({ query }) => service.jobs(query.state, query.limit),
    replay: (request) => {
      const { path, requestId } = request;
      return service.replay(path.id, requestId, attempt(picturesRoutes.replay, request, new Date()));
    },
  },
  picturesShapes,
);

export const handler = serviceHandler(http, gaugesTask(pictureGauges(repository)));
