// Operators' view: failed jobs can be listed and replayed, with the key.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { picture } from '../support/pictures.ts';
import { JSON_TYPE, said, send, sendWithKey } from './application.ts';
import { accepted, settled } from './pictures-client.ts';
import { truncated } from './poison.ts';

interface Job {
  readonly identifier: string;
  readonly state: string;
  readonly error: string | null;
  readonly attempts: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const jobs = async (query = ''): Promise<Job[]> => {
  const answer = await sendWithKey(`/api/jobs${query}`);
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status: 200, type: JSON_TYPE });
  return (await answer.json()) as Job[];
};
const replay = (id: string) => said(sendWithKey(`/api/jobs/${id}/replay`, { method: 'POST' }));

let failed: string;
let done: string;
beforeAll(async () => {
  [failed, done] = await Promise.all([accepted({ image: await truncated('png') }), accepted({ image: await picture(9, 9) })]);
  await Promise.all([settled(failed), settled(done)]);
});

describe('the list', () => {
  test('of failed jobs tells each with its reason and its times', async () => {
    const job = (await jobs('?state=failed')).find(({ identifier }) => identifier === failed);

    expect(job).toEqual({
      identifier: failed,
      state: 'failed',
      error: expect.stringMatching(/^The picture cannot be decoded: \S/),
      attempts: expect.any(Number),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(job?.attempts).toBeGreaterThan(0);
    expect(Date.parse(job?.updatedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(job?.createdAt ?? ''));
    expect(Math.abs(Date.parse(job?.createdAt ?? '') - Date.now())).toBeLessThan(60_000);
  });

  test('is of failed jobs where nobody says otherwise, and has no others', async () => {
    const list = await jobs();

    expect(list.map(({ identifier }) => identifier)).toContain(failed);
    expect(new Set(list.map(({ state }) => state))).toEqual(new Set(['failed']));
    expect(list.map(({ identifier }) => identifier)).not.toContain(done);
  });

  test.each(['queued', 'processing', 'done'])('can be of %s jobs', async (state) => {
    const states = new Set((await jobs(`?state=${state}`)).map((job) => job.state));

    expect([...states]).toEqual(state === 'done' ? ['done'] : states.size === 0 ? [] : [state]);
  });

  test('begins with what changed last, and ends where it should', async () => {
    const list = await jobs('?state=failed&limit=1000');
    const times = list.map(({ updatedAt }) => updatedAt);

    expect(times).toEqual(times.toSorted().reverse());
    expect(await jobs('?state=failed&limit=1')).toHaveLength(1);
  });

  test.each(['?state=lost', '?state=', '?limit=0', '?limit=1001', '?limit=-1', '?limit=x', '?limit=1.5'])(
    '%s is a bad request',
    async (query) => {
      const { status, type, body } = await said(sendWithKey(`/api/jobs${query}`));

      expect({ status, type }).toEqual({ status: 400, type: JSON_TYPE });
      expect(JSON.parse(body)).toEqual({ message: expect.stringMatching(/^query\.(state|limit): /) });
    },
  );
});

describe('a replay', () => {
  test('queues a failed job again, and it comes to an end again', async () => {
    const before = (await jobs('?limit=1000')).find(({ identifier }) => identifier === failed);

    expect(await replay(failed)).toEqual({ status: 200, type: JSON_TYPE, body: '{"status":"queued"}' });

    const after = await eventually(async () => (await jobs('?limit=1000')).find(({ identifier }) => identifier === failed));
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before?.updatedAt ?? ''));
    expect(after).toMatchObject({ error: expect.stringMatching(/^The picture cannot be decoded: \S/), createdAt: before?.createdAt });
  });

  test('of one failed job, asked for by several at once, is one', async () => {
    const id = await accepted({ image: await truncated('webp') });
    await settled(id);

    const answers = await Promise.all(Array.from({ length: 4 }, () => replay(id)));

    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect((await settled(id)).status).toBe(422);
  });

  test('with an Idempotency-Key is answered again, not done again', async () => {
    const id = await accepted({ image: await truncated('gif') });
    await settled(id);
    const headers = { 'idempotency-key': randomUUID() };
    const ask = () => sendWithKey(`/api/jobs/${id}/replay`, { method: 'POST', headers });

    const first = await ask();
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([200, null]);
    await settled(id);
    const again = await ask();

    expect([again.status, again.headers.get('idempotent-replayed'), await again.text()]).toEqual([200, 'true', '{"status":"queued"}']);
    expect((await send(`/api/${id}`)).status).toBe(422);
  });

  test('takes a slash at the end', async () => {
    expect((await sendWithKey(`/api/jobs/${'0'.repeat(40)}/replay/`, { method: 'POST' })).status).toBe(404);
  });

  test('of a job that has not failed is refused, and changes nothing', async () => {
    expect(await replay(done)).toEqual({
      status: 409,
      type: JSON_TYPE,
      body: JSON.stringify({ message: `Job ${done} has not failed, it is done` }),
    });
    expect((await send(`/api/${done}`)).status).toBe(200);
  });

  test('of an unknown job is refused', async () => {
    expect(await replay('nope')).toEqual({ status: 404, type: JSON_TYPE, body: '{"message":"There is no job nope"}' });
  });

  test('without the key is refused, and changes nothing', async () => {
    expect((await send(`/api/jobs/${failed}/replay`, { method: 'POST' })).status).toBe(403);
    expect((await settled(failed)).status).toBe(422);
  });
});
