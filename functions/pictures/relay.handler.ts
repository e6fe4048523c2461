import { database } from '../shared/database.ts';
import { announcer } from './announcer.ts';
import { relay } from './relay.ts';
import { pictureRepository } from './repository.ts';

const dependencies = { pictures: pictureRepository(database()), announcer: announcer() };

export const handler = () => relay(dependencies, new Date());
