// `x-request-id` on checkouts, which no function of ours answers: API Gateway does, from what the state machine ends with.
import { describe, expect, test } from 'vitest';
import { send } from './application.ts';
import { attemptsOf, purchase } from './shop-client.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

async function requestId(orderId: string, headers: Record<string, string> = {}): Promise<string | null> {
  const answer = await send(`/orders/checkout/${orderId}`, { method: 'POST', headers });
  await answer.arrayBuffer();
  return answer.headers.get('x-request-id');
}

test('two checkouts without one get two', async () => {
  const { orderId } = await purchase({ credit: 30, stock: 3 });
  const [one, other] = [await requestId(orderId), await requestId(orderId)];

  expect(one).toMatch(UUID);
  expect(other).toMatch(UUID);
  expect(one).not.toBe(other);
});

test('one that is made here is also in the log of the saga', async () => {
  const { orderId } = await purchase({ credit: 30, stock: 3 });
  const made = await requestId(orderId);

  expect((await attemptsOf(orderId)).map(({ request_id }) => request_id)).toEqual([made]);
});

test.each(['abc', 'x'.repeat(128), 'Root=1-67891233-abcdef012345678912345678', 'a.b:c@d/e+f=g-h_i'])(
  'the client may choose it: %s',
  async (chosen) => {
    const [paid, refused] = await Promise.all([purchase({ credit: 30, stock: 3 }), purchase({ credit: 30 })]);

    expect(await requestId(paid.orderId, { 'x-request-id': chosen })).toBe(chosen);
    expect(await requestId(refused.orderId, { 'X-Request-Id': chosen })).toBe(chosen);
    expect(await requestId('nothing', { 'x-request-id': chosen })).toBe(chosen);
  },
);

describe('an unfit one is replaced, not repeated', () => {
  test.each([
    '',
    'x'.repeat(129),
    'a b',
    '<script>',
    'a"b',
    "a'b",
    'a\\',
    '\\"',
    '{"a":1}',
    '","key":"x',
    'a;b',
    '%0d%0aset-cookie:a',
    'a\tb',
    'é',
    '$(id)',
    '$context.stage',
    '#set($x=1)',
    '$.orderId',
  ])('%j', async (hostile) => {
    expect(await requestId('nothing', { 'x-request-id': hostile })).toMatch(UUID);
  });
});
