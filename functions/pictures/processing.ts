// What happens to a job, however it was delivered and however often.
import { log } from '../shared/logging.ts';
import { inSpan } from '../shared/tracing/span.ts';
import { Job } from './job.ts';
import type { Picture, PictureRepository } from './repository.ts';
import { BadPicture, type resize } from './resize.ts';
import { type PictureStorage, resultKey } from './storage.ts';

export interface Dependencies {
  readonly pictures: PictureRepository;
  readonly storage: PictureStorage;
  readonly resize: typeof resize;
  readonly clock: () => Date;
  /** Hears how long a picture took from its receipt, or its replay, until its result was there. */
  readonly done: (seconds: number) => void;
}

/**
 * Resizes the picture of a job. A picture that is at fault fails its own job, for good. Anything else throws, and the job is delivered again.
 * Safe to run twice, also at the same time: the result's key follows from the id, and the row changes once.
 */
export const processing =
  ({ pictures, storage, resize, clock, done }: Dependencies) =>
  async (message: string): Promise<void> => {
    const job = Job.safeParse(parsed(message));
    if (!job.success) return log.error('not a job, left out', { record: message.slice(0, 200) });
    const { id } = job.data;
    const picture = await pictures.find(id);
    if (!picture || picture.state === 'done' || picture.state === 'failed') return log.info(`job ${id} is over already`);
    await pictures.begin(id, clock());
    const source = await storage.get(picture.source_key);
    try {
      const result = await inSpan('resize', {}, () => resize(source, picture));
      await storage.put(resultKey(id), result, `image/${picture.format}`);
      const now = clock();
      // Of two deliveries of one job, one changes the row.
      if (await pictures.finish(id, resultKey(id), result.length, now)) done((now.getTime() - waitingSince(picture).getTime()) / 1000);
    } catch (error) {
      if (!(error instanceof BadPicture)) throw error;
      await pictures.fail(id, error.message, clock());
    }
  };

/** A row that nobody has begun was last changed when it was received or replayed; of one that was begun before, only its receipt is known. */
const waitingSince = ({ state, created_at, updated_at }: Picture): Date => (state === 'queued' ? updated_at : created_at);

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
