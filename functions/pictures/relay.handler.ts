import { database } from '../shared/database.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { announcer } from './announcer.ts';
import { relay } from './relay.ts';
import { pictureRepository } from './repository.ts';

const pictures = database();
const dependencies = { pictures: pictureRepository(pictures), announcer: announcer() };

export async function handler() {
  const now = new Date();
  await forgetExpired(pictures, now);
  return relay(dependencies, now);
}
