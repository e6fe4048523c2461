import { database } from '../shared/database.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { serving } from '../shared/tracing/kinds.ts';
import { inSpan } from '../shared/tracing/span.ts';
import { telling } from '../shared/tracing/start.ts';
import { announcer } from './announcer.ts';
import { relay } from './relay.ts';
import { pictureRepository } from './repository.ts';

const pictures = database();
const dependencies = { pictures: pictureRepository(pictures), announcer: announcer() };

async function run() {
  const now = new Date();
  await forgetExpired(pictures, now);
  return relay(dependencies, now);
}

export const handler = () => telling(() => inSpan('relay', serving('timer', {}), run));
