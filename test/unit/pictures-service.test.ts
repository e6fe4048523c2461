// The rules of pictures: what is durable before what is answered, and what each state says.
import { describe, expect, it } from 'vitest';
import { MAX_INLINE_BYTES, picturesService } from '../../functions/pictures/service.ts';
import { Refusal } from '../../functions/shared/http/answer.ts';
import { log } from '../../functions/shared/logging.ts';
import { aPicture, type Fakes, fakes, NOW } from './pictures-fakes.ts';

log.setLogLevel('SILENT');

const id = 'a'.repeat(40);
const order = { image: Buffer.from('picture'), width: 20, height: 10, fit: 'fill', format: 'png' };
const plain = { key: undefined, scope: 'POST /api', payload: '', now: NOW };
const accept = (world: Fakes) => picturesService(world).accept(id, order, 'r1', plain);
const refused = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  const { statusCode, value } = (error as Refusal).answer;
  return [statusCode, value];
};

describe('an order', () => {
  it('is stored, written down and committed before it is announced and answered', async () => {
    const world = fakes();

    expect(await accept(world)).toMatchObject({ statusCode: 201, body: '{}', headers: { location: `/api/${id}`, identifier: id } });
    expect(world.events).toEqual(['put sources', 'begin transaction', 'insert', 'commit', 'announce a', 'mark announced a']);
    expect(world.announced).toEqual([{ id, key: `sources/${id}`, requestId: 'r1' }]);
    expect(world.rows.get(id)).toMatchObject({
      width: 20,
      height: 10,
      fit: 'fill',
      format: 'png',
      state: 'queued',
      announcements: 1,
      request_id: 'r1',
      created_at: NOW,
    });
    expect(world.objects.get(`sources/${id}`)?.bytes).toEqual(order.image);
  });

  it.each(['put', 'insert', 'commit'])('is not accepted, nor announced, where the %s fails', async (step) => {
    const world = fakes();
    world.breakNext(step, new Error('down'));

    await expect(accept(world)).rejects.toThrow('down');
    expect(world.announced).toEqual([]);
  });

  it.each(['announce', 'mark announced'])('is accepted although the %s fails: its row is its outbox', async (step) => {
    const world = fakes();
    world.breakNext(step, new Error('down'));

    expect(await accept(world)).toMatchObject({ statusCode: 201 });
    expect(world.rows.get(id)).toMatchObject({ state: 'queued', announcements: 0 });
  });
});

describe('the state of a picture', () => {
  it.each([
    ['unknown', [], 202, { status: 'not found' }],
    ['queued', [aPicture()], 202, { status: 'queued' }],
    ['processing', [aPicture({ state: 'processing' })], 202, { status: 'processing' }],
    ['failed', [aPicture({ state: 'failed', error: 'no' })], 422, { status: 'failed', error: 'no' }],
  ] as const)('%s is said to both ways of asking', async (_, rows, status, body) => {
    const { find, image } = picturesService(fakes(...rows));

    expect(await refused(find(id))).toEqual([status, body]);
    expect(await refused(image(id))).toEqual([status, body]);
  });

  const done = (result_bytes: number, format = 'png') => {
    const world = fakes(aPicture({ state: 'done', result_key: `results/${id}`, result_bytes, format }));
    world.objects.set(`results/${id}`, { bytes: Buffer.from('result'), contentType: `image/${format}` });
    return world;
  };

  it('done is the picture, as base64 or as bytes', async () => {
    const { find, image } = picturesService(done(6, 'webp'));

    expect((await find(id)).body).toBe(
      `{"height":10,"identifier":"${id}","image":"${Buffer.from('result').toString('base64')}","width":20}`,
    );
    expect(await image(id)).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'image/webp' },
      body: Buffer.from('result').toString('base64'),
      isBase64Encoded: true,
    });
  });

  it('done, but larger than a function may answer, leads elsewhere and is not read', async () => {
    const world = done(MAX_INLINE_BYTES + 1);
    const { find, image } = picturesService(world);

    expect(await find(id)).toMatchObject({ statusCode: 303, headers: { location: `/api/${id}/image` } });
    expect(await image(id)).toMatchObject({ statusCode: 302, headers: { location: `/results/${id}` } });
    expect(world.events).toEqual([]);
    expect(await picturesService(done(MAX_INLINE_BYTES)).find(id)).toMatchObject({ statusCode: 200 });
  });
});

describe('jobs', () => {
  it('are told without what is ours only', async () => {
    const { jobs } = picturesService(
      fakes(aPicture({ state: 'failed', error: 'no', announcements: 2 }), aPicture({ id: 'b', state: 'done' })),
    );

    expect((await jobs('failed', 10)).value).toEqual([
      { identifier: id, state: 'failed', error: 'no', attempts: 2, createdAt: NOW.toISOString(), updatedAt: NOW.toISOString() },
    ]);
  });

  it('that failed are replayed: queued, then announced under the new request', async () => {
    const world = fakes(aPicture({ state: 'failed', error: 'no', announcements: 5 }));

    expect(await picturesService(world).replay(id, 'r2', plain)).toMatchObject({ statusCode: 200, body: '{"status":"queued"}' });
    expect(world.rows.get(id)).toMatchObject({ state: 'queued', error: null, announcements: 1 });
    expect(world.announced).toEqual([{ id, key: `sources/${id}`, requestId: 'r2' }]);
  });

  it.each([
    ['unknown', [], 404, `There is no job ${id}`],
    ['done', [aPicture({ state: 'done' })], 409, `Job ${id} has not failed, it is done`],
    ['queued', [aPicture()], 409, `Job ${id} has not failed, it is queued`],
  ] as const)('that are %s are not replayed', async (_, rows, status, message) => {
    const world = fakes(...rows);

    expect(await refused(picturesService(world).replay(id, 'r2', plain))).toEqual([status, { message }]);
    expect(world.announced).toEqual([]);
  });
});
