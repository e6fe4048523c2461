// `Idempotency-Key` on `POST /api/`: an order that is sent again is not another one.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { base64, picture } from '../support/pictures.ts';
import { JSON_TYPE } from './application.ts';
import { measured, order, result } from './pictures-client.ts';

let image: string;
beforeAll(async () => {
  image = base64(await picture(8, 4));
});

interface Told {
  readonly status: number;
  readonly identifier: string | null;
  readonly replayed: string | null;
  readonly body: string;
}

async function ask(key: string, fields: object = {}): Promise<Told> {
  const answer = await order({ image, width: 20, height: 10, ...fields }, { 'idempotency-key': key });
  const { status, headers } = answer;
  return { status, identifier: headers.get('identifier'), replayed: headers.get('idempotent-replayed'), body: await answer.text() };
}

describe('the same key and payload', () => {
  test('give the first answer again, marked as replayed', async () => {
    const key = randomUUID();
    const first = await ask(key);
    const again = await order({ image, width: 20, height: 10 }, { 'Idempotency-Key': key });

    expect(first).toMatchObject({ status: 201, replayed: null, body: '{}' });
    expect({ status: again.status, type: again.headers.get('content-type'), body: await again.text() }).toEqual({
      status: 201,
      type: JSON_TYPE,
      body: '{}',
    });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('identifier')).toBe(first.identifier);
    expect(again.headers.get('location')).toBe(`/api/${first.identifier}`);
    expect(await ask(key)).toEqual({ ...first, replayed: 'true' });
  });

  test('at the same time give one order: the others hear of it or that it is still running', async () => {
    const key = randomUUID();
    const told = await Promise.all(Array.from({ length: 8 }, () => ask(key)));

    const first = told.filter(({ status, replayed }) => status === 201 && replayed === null);
    expect(first).toHaveLength(1);
    for (const other of told.filter((one) => one !== first[0])) {
      expect(other).toBeOneOf([
        { ...first[0], replayed: 'true' },
        { status: 409, identifier: null, replayed: null, body: '{"message":"A request with this Idempotency-Key is still running"}' },
      ]);
    }
    expect(await ask(key)).toEqual({ ...first[0], replayed: 'true' });
    expect(await measured(await result(first[0]?.identifier ?? ''))).toEqual({ format: 'png', width: 20, height: 10 });
  });

  test('give the first answer also once the picture is done', async () => {
    const key = randomUUID();
    const { identifier } = await ask(key);
    await result(identifier ?? '');

    expect(await ask(key)).toMatchObject({ status: 201, identifier, replayed: 'true' });
  });
});

test.each([{ width: 21 }, { width: '20' }, { fit: 'fill' }, { name: 'ignored, but sent' }])(
  'the same key with another payload is refused: %j',
  async (changed) => {
    const key = randomUUID();
    const first = await ask(key);

    expect(await ask(key, changed)).toEqual({
      status: 422,
      identifier: null,
      replayed: null,
      body: '{"message":"This Idempotency-Key was used with another payload"}',
    });
    expect(await ask(key)).toMatchObject({ status: 201, identifier: first.identifier, replayed: 'true' });
  },
);

test('an order that was refused leaves its key free', async () => {
  const key = randomUUID();

  expect(await ask(key, { width: 0 })).toMatchObject({ status: 400, replayed: null });
  expect(await ask(key)).toMatchObject({ status: 201, replayed: null });
});

test('keys are told apart by case and by every character', async () => {
  const key = `key-${randomUUID()}`;
  const told = await Promise.all([key, key.toUpperCase(), `${key}.`, `"${key}"`].map((one) => ask(one)));

  expect(new Set(told.map(({ identifier }) => identifier)).size).toBe(4);
});

test('a key may have 255 characters', async () => {
  expect(await ask(randomUUID().repeat(8).slice(0, 255))).toMatchObject({ status: 201, replayed: null });
});

test.each([0, 256, 1_000])('a key of %i characters is refused', async (length) => {
  expect(await ask('k'.repeat(length))).toEqual({
    status: 400,
    identifier: null,
    replayed: null,
    body: '{"message":"Idempotency-Key must have 1 to 255 characters"}',
  });
});

test('without a key the same order twice is two', async () => {
  const [one, other] = await Promise.all([order({ image, width: 20, height: 10 }), order({ image, width: 20, height: 10 })]);

  expect([one.status, other.status]).toEqual([201, 201]);
  expect(one.headers.get('identifier')).not.toBe(other.headers.get('identifier'));
});
