// What happens to a job, however it was delivered and however often.
import { log } from '../shared/logging.ts';
import { Job } from './job.ts';
import type { PictureRepository } from './repository.ts';
import { BadPicture, type resize } from './resize.ts';
import { type PictureStorage, resultKey } from './storage.ts';

export interface Dependencies {
  readonly pictures: PictureRepository;
  readonly storage: PictureStorage;
  readonly resize: typeof resize;
  readonly clock: () => Date;
}

/**
 * Resizes the picture of a job. A picture that is at fault fails its own job, for good. Anything else throws, and the job is delivered again.
 * Safe to run twice, also at the same time: the result's key follows from the id, and the row changes once.
 */
export const processing =
  ({ pictures, storage, resize, clock }: Dependencies) =>
  async (message: string): Promise<void> => {
    const job = Job.safeParse(parsed(message));
    if (!job.success) return log.error('not a job, left out', { record: message.slice(0, 200) });
    const { id } = job.data;
    const picture = await pictures.find(id);
    if (!picture || picture.state === 'done' || picture.state === 'failed') return log.info(`job ${id} is over already`);
    await pictures.begin(id, clock());
    const source = await storage.get(picture.source_key);
    try {
      const result = await resize(source, picture);
      await storage.put(resultKey(id), result, `image/${picture.format}`);
      await pictures.finish(id, resultKey(id), result.length, clock());
    } catch (error) {
      if (!(error instanceof BadPicture)) throw error;
      await pictures.fail(id, error.message, clock());
    }
  };

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
