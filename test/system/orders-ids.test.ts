// Ids in the paths of orders, stock and payment: whatever a client sends is not found, said back as text and never as markup.
import { beforeAll, describe, expect, test } from 'vitest';
import { checkout, find, get, item, order, post, told, user } from './shop-client.ts';

/** Id as sent → as it is said back. */
const ids: [sent: string, said: string][] = [
  ['nothing', 'nothing'],
  ['00000000-0000-4000-8000-000000000000', '00000000-0000-4000-8000-000000000000'],
  ['-1', '-1'],
  ['%22', '&quot;'],
  ['%27%20OR%20%271%27=%271', '&#39; OR &#39;1&#39;=&#39;1'],
  ["it's", 'it&#39;s'],
  ['%5C', '\\'],
  ['%5C%22%27%5C', '\\&quot;&#39;\\'],
  ['%22,%22attempt%22:%221', '&quot;,&quot;attempt&quot;:&quot;1'],
  ['%3Cscript%3Ealert(1)%3C/script%3E'.replace('/', '%2F'), '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['%26amp;', '&amp;amp;'],
  ['a%2Fb', 'a/b'],
  ['a%252Fb', 'a%2Fb'],
  ['a+b', 'a+b'],
  ['%F0%9F%98%80', '😀'],
  ['%C3%A9', 'é'],
  ['%E2%80%A8', '\u2028'],
  ['%0a', '\n'],
  ['%00', '\u0000'],
  ['$%7Bx%7D', '$'.concat('{x}')],
  ['$context.requestId', '$context.requestId'],
  ['%23set($a=1)', '#set($a=1)'],
  ['%25s', '%s'],
  ['__proto__', '__proto__'],
  ['x'.repeat(37), 'x'.repeat(37)],
  ['x'.repeat(3000), 'x'.repeat(3000)],
  ['%F0%9F%98%80'.repeat(40), '😀'.repeat(40)],
];

describe.each(ids)('%s', (sent, said) => {
  const order = told(400, `Order: ${said} not found!`);
  const item = told(400, `Item: ${said} not found!`);
  const user = told(400, `User: ${said} not found!`);

  test('is no order, item or user', async () => {
    expect(await get(`/orders/find/${sent}`)).toEqual(order);
    expect(await get(`/orders/saga/${sent}`)).toEqual(order);
    expect(await get(`/stock/find/${sent}`)).toEqual(item);
    expect(await get(`/payment/find_user/${sent}`)).toEqual(user);
  });

  test('cannot be changed', async () => {
    expect(await post(`/stock/add/${sent}/1`)).toEqual(item);
    expect(await post(`/stock/subtract/${sent}/1`)).toEqual(item);
    expect(await post(`/payment/add_funds/${sent}/1`)).toEqual(user);
    expect(await post(`/payment/pay/${sent}/1`)).toEqual(user);
  });

  test('cannot be checked out', async () => {
    expect(await checkout(sent)).toEqual(order);
  });
});

describe('an id with a space at the end', () => {
  let known: { user: string; item: string; order: string };
  beforeAll(async () => {
    const [userId, itemId] = await Promise.all([user(10), item(5, 10)]);
    known = { user: userId, item: itemId, order: await order(userId, [itemId, 1]) };
  });

  test('is not the one without', async () => {
    expect(await get(`/orders/find/${known.order}%20`)).toEqual(told(400, `Order: ${known.order}  not found!`));
    expect(await checkout(`${known.order}%20`)).toEqual(told(400, `Order: ${known.order}  not found!`));
    expect(await post(`/orders/addItem/${known.order}%20/${known.item}/1`)).toEqual(told(400, `Order: ${known.order}  not found!`));
    expect(await post(`/orders/addItem/${known.order}/${known.item}%20/1`)).toEqual(told(400, `Item: ${known.item}  does not exist!`));
    expect(await get(`/stock/find/${known.item}%20`)).toEqual(told(400, `Item: ${known.item}  not found!`));
    expect(await post(`/stock/add/${known.item}%20/1`)).toEqual(told(400, `Item: ${known.item}  not found!`));
    expect(await get(`/payment/find_user/${known.user}%20`)).toEqual(told(400, `User: ${known.user}  not found!`));
    expect(await post(`/payment/pay/${known.user}%20/1`)).toEqual(told(400, `User: ${known.user}  not found!`));
  });
});

describe('the user of a new order', () => {
  test.each([
    ['%3Cb%3E', '<b>'],
    ['%F0%9F%98%80', '😀'],
    ['a%2Fb', 'a/b'],
    ['x'.repeat(36), 'x'.repeat(36)],
  ])('comes back as it was sent: %s', async (sent, kept) => {
    expect((await find(await order(sent))).user_id).toBe(kept);
  });

  test('that is longer than an id can be is refused', async () => {
    expect(await post(`/orders/create/${'x'.repeat(37)}`)).toEqual(told(400, 'DB error'));
  });
});

test.each(['/orders/find/', '/orders/saga/', '/stock/find/', '/payment/find_user/'])('GET %s is nothing without an id', async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, body: '{"message":"not found"}' });
});
