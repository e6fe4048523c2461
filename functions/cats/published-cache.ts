// Answers in Redis, all of one version of what is published, in one hash.
//
// Who publishes takes the hash away before the commit and names the new version after it. Answers are put in only beside the version that they were
// read with. So whatever is found there is what a reader of the database would find, and a publisher that is killed in between leaves no hash at
// all: everybody reads the database until somebody names the version again, which nobody may do while somebody publishes.
import type { WithCache } from '../shared/cache.ts';
import { gathering } from './gathering.ts';

const KEY = 'cats:published';
/** More than all lists, breeds and categories; pages of pictures may fill the rest. */
const MOST_ANSWERS = 5_000;
const VERSION = 'version';

const KEEP = `local version = redis.call('HGET', KEYS[1], '${VERSION}')
  if version == ARGV[1] and redis.call('HLEN', KEYS[1]) < ${MOST_ANSWERS} then redis.call('HSET', KEYS[1], ARGV[2], ARGV[3]) end
  return version and 1 or 0`;
const NAME = `if redis.call('HGET', KEYS[1], '${VERSION}') ~= ARGV[1] then
  redis.call('DEL', KEYS[1]) redis.call('HSET', KEYS[1], '${VERSION}', ARGV[1]) end`;

export type PublishedCache = ReturnType<typeof publishedCache>;

export const publishedCache = (withCache: WithCache) => ({
  /** Null: not there. Undefined: Redis is away. */
  find: gathering<string | null>((questions) => withCache((redis) => redis.hmget(KEY, ...questions.map(answerTo)))),

  /** False where no version has a name: a publisher is at work, or Redis was emptied. */
  keep: async (version: number, question: string, answer: string): Promise<boolean> =>
    (await withCache((redis) => redis.eval(KEEP, 1, KEY, version, answerTo(question), answer))) !== 0,

  /** Before a commit. Throws where it is not known whether it happened: nobody may publish then, or old answers would stay. */
  withdraw: async (): Promise<void> => {
    if ((await withCache((redis) => redis.del(KEY))) === undefined)
      throw new Error('The cache cannot be reached, and old answers in it would stay');
  },

  /** After a commit, and wherever no version has a name: a run before may have been killed in between. */
  nameVersion: async (version: number): Promise<void> => {
    await withCache((redis) => redis.eval(NAME, 1, KEY, version));
  },
});

/** No question has the name of the version's field. */
const answerTo = (question: string) => `answer:${question}`;
