// A job, however it is delivered and however often.
import { describe, expect, it } from 'vitest';
import { processing } from '../../functions/pictures/processing.ts';
import { BadPicture, resize } from '../../functions/pictures/resize.ts';
import { log } from '../../functions/shared/logging.ts';
import { picture } from '../support/pictures.ts';
import { aPicture, type Fakes, fakes, NOW } from './pictures-fakes.ts';

log.setLogLevel('SILENT');

const id = 'a'.repeat(40);
const job = JSON.stringify({ id, key: `sources/${id}` });
const upTo = (world: Fakes, work: typeof resize, done: (seconds: number) => void = () => undefined) =>
  processing({ ...world, resize: work, clock: () => NOW, done });
const small = async () => Buffer.from('small');

function queued(changes: Parameters<typeof aPicture>[0] = {}): Fakes {
  const world = fakes(aPicture(changes));
  world.objects.set(`sources/${id}`, { bytes: Buffer.from('large'), contentType: 'application/octet-stream' });
  return world;
}

describe('a job', () => {
  it('has its result stored before its row says done', async () => {
    const world = queued({ format: 'webp' });
    await upTo(world, small)(job);

    expect(world.events).toEqual(['begin', 'get sources', 'put results', 'finish']);
    expect(world.objects.get(`results/${id}`)).toEqual({ bytes: Buffer.from('small'), contentType: 'image/webp' });
    expect(world.rows.get(id)).toMatchObject({ state: 'done', result_key: `results/${id}`, result_bytes: 5, updated_at: NOW });
  });

  it('delivered again is done already', async () => {
    const world = queued();
    await upTo(world, small)(job);
    const before = world.events.length;

    await upTo(world, small)(job);

    expect(world.events.slice(before)).toEqual([]);
  });

  it('tells once how long the picture took, from its receipt or its replay', async () => {
    const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
    const told: number[] = [];
    const world = queued({ created_at: ago(3_600), updated_at: ago(7) });
    for (const _ of ['first', 'again']) await upTo(world, small, (seconds) => told.push(seconds))(job);
    const begunBefore = queued({ state: 'processing', created_at: ago(90), updated_at: ago(2) });
    await upTo(begunBefore, small, (seconds) => told.push(seconds))(job);

    expect(told).toEqual([7, 90]);
  });

  it('left in the middle by another environment is taken up', async () => {
    const world = queued({ state: 'processing' });
    await upTo(world, small)(job);

    expect(world.rows.get(id)?.state).toBe('done');
  });

  it('whose picture is at fault fails for good, with the reason, and is not delivered again', async () => {
    const world = queued();
    await upTo(world, async () => {
      throw new BadPicture('It is broken.');
    })(job);

    expect(world.rows.get(id)).toMatchObject({ state: 'failed', error: 'It is broken.' });
    expect(world.objects.has(`results/${id}`)).toBe(false);
  });

  it.each(['get', 'put', 'finish', 'begin'])('is delivered again where the %s fails', async (step) => {
    const world = queued();
    world.breakNext(step, new Error('down'));

    await expect(upTo(world, small)(job)).rejects.toThrow('down');
    expect(['queued', 'processing']).toContain(world.rows.get(id)?.state);
    await upTo(world, small)(job);
    expect(world.rows.get(id)?.state).toBe('done');
  });

  it.each(['', '{', '[]', '"text"', '{"id":5,"key":"k"}', '{"id":"x"}'])(
    'that is none is left out, not delivered for ever: %s',
    async (message) => {
      const world = queued();
      await upTo(world, small)(message);

      expect(world.events).toEqual([]);
    },
  );

  it('of a picture that is not known is left out', async () => {
    const world = fakes();
    await upTo(world, small)(job);

    expect(world.events).toEqual([]);
  });
});

describe('resize', () => {
  const wanted = { width: 2, height: 1999, fit: 'outside', format: 'png' };

  it('refuses a result without bounds', async () => {
    await expect(resize(await picture(4000, 1), wanted)).rejects.toThrow(
      'The result would have 7996000 x 1999 pixels; at most 50 megapixels are resized.',
    );
  });

  it('refuses what is no picture, with a reason', async () => {
    await expect(resize(Buffer.from('no picture'), wanted)).rejects.toThrow(BadPicture);
    await expect(resize(Buffer.alloc(0), wanted)).rejects.toThrow();
  });
});
