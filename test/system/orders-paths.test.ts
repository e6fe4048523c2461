// Slashes, methods and bodies on the routes of orders, stock and payment.
import { beforeAll, describe, expect, test } from 'vitest';
import { checkoutRoutes, ordersRoutes } from '../../functions/orders/routes.ts';
import { paymentRoutes } from '../../functions/payment/routes.ts';
import type { Route } from '../../functions/shared/http/route.ts';
import { stockRoutes } from '../../functions/stock/routes.ts';
import { JSON_TYPE, said, send } from './application.ts';
import { checkout, creditOf, find, get, item, order, PAID, post, purchase, stockOf, told, user } from './shop-client.ts';

const NOT_FOUND = { status: 404, type: JSON_TYPE, body: '{"message":"not found"}' };
const routes: Route[] = [ordersRoutes, checkoutRoutes, stockRoutes, paymentRoutes].flatMap((table) => Object.values(table));
const posts = routes.filter(({ method }) => method === 'POST').map(({ path }) => path.replace(/\{\w+\}/g, '1'));
const gets = routes.filter(({ method }) => method === 'GET').map(({ path }) => path.replace(/\{\w+\}/g, '1'));

let known: { user: string; item: string; order: string };
beforeAll(async () => {
  const [userId, itemId] = await Promise.all([user(10), item(5, 10)]);
  known = { user: userId, item: itemId, order: await order(userId) };
});

describe('a slash at the end changes nothing', () => {
  test('of questions', async () => {
    for (const path of [`/orders/find/${known.order}`, `/orders/saga/${known.order}`, `/stock/find/${known.item}`]) {
      expect(await get(`${path}/`)).toEqual(await get(path));
    }
    expect(await get(`/payment/find_user/${known.user}/`)).toEqual(await get(`/payment/find_user/${known.user}`));
  });

  test('of changes', async () => {
    expect(await post('/payment/create_user/')).toMatchObject({ status: 200 });
    expect(await post('/stock/item/create/5/')).toMatchObject({ status: 200 });
    expect(await post(`/orders/create/${known.user}/`)).toMatchObject({ status: 200 });
    expect(await post(`/stock/add/${known.item}/0/`)).toEqual(told(200, `Item: ${known.item} stock updated to: 10`));
    expect(await post(`/payment/pay/${known.user}/0/`)).toEqual(told(200, `User: ${known.user} credit updated to: 10`));
    for (const path of ['/orders/batch_init/0/1/1/1/', '/stock/batch_init/0/1/1/', '/payment/batch_init/0/1/']) {
      expect(await post(path)).toMatchObject({ status: 200, type: JSON_TYPE });
    }
  });

  test('of a checkout', async () => {
    const { userId, orderId } = await purchase({ credit: 10, stock: 1 });

    expect(await checkout(`${orderId}/`)).toEqual(PAID);
    expect(await checkout(orderId)).toEqual(PAID);
    expect(await creditOf(userId)).toBe(0);
  });
});

describe('another method is not found', () => {
  test.each(posts)('%s takes POST alone', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) expect(await said(send(path, { method }))).toEqual(NOT_FOUND);
  });

  test.each(gets)('%s takes GET alone', async (path) => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect(await said(send(path, { method }))).toEqual(NOT_FOUND);
  });
});

test.each(['/orders', '/orders/', '/stock', '/payment/', '/orders/nothing', '/stock/find/a/b', '/orders/checkout'])(
  'a path that is none is not found: %s',
  async (path) => {
    expect(await get(path)).toEqual(NOT_FOUND);
    expect(await post(path)).toEqual(NOT_FOUND);
  },
);

describe('a body, which no route here asks for', () => {
  const bodies: Record<string, [type: string, body: string]> = {
    'empty JSON': ['application/json', '{}'],
    'no JSON': ['application/json', '{'],
    'a form': ['application/x-www-form-urlencoded', 'a=b'],
    text: ['text/plain', '$context.requestId #set($x = 1)'],
    bytes: ['application/octet-stream', '\u0000'],
    XML: ['application/xml', '<x/>'],
  };

  test.each(Object.entries(bodies))('is ignored: %s', async (_, [type, body]) => {
    const sending = { method: 'POST', headers: { 'content-type': type }, body };
    const { orderId } = await purchase({ credit: 10, stock: 1 });

    expect(await said(send(`/stock/add/${known.item}/0`, sending))).toMatchObject({ status: 200 });
    expect(await said(send(`/orders/checkout/${orderId}`, sending))).toEqual(PAID);
  });

  test('of a type that nobody knows is refused by a checkout, and nothing happens', async () => {
    const { userId, orderId } = await purchase({ credit: 10, stock: 1 });
    const sending = { method: 'POST', headers: { 'content-type': 'application/x-nothing' }, body: '<x/>' };

    const refused = { status: 415, type: JSON_TYPE, body: '{"message":"Unsupported Media Type"}' };
    expect(await said(send(`/orders/checkout/${orderId}`, sending))).toEqual(refused);
    expect(await creditOf(userId)).toBe(10);
  });

  test('over 256 KiB is refused, and nothing happens', async () => {
    const sending = { method: 'POST', body: 'x'.repeat(256 * 1024 + 1) };
    const tooLarge = { status: 413, type: JSON_TYPE, body: '{"message":"The body must not be larger than 262144 bytes"}' };

    expect(await said(send(`/stock/add/${known.item}/1`, sending))).toEqual(tooLarge);
    expect(await said(send(`/payment/pay/${known.user}/1`, sending))).toEqual(tooLarge);
    expect(await said(send(`/orders/addItem/${known.order}/${known.item}/1`, sending))).toEqual(tooLarge);
    expect([await stockOf(known.item), await creditOf(known.user), (await find(known.order)).total_cost]).toEqual([10, 10, 0]);
  });

  test('of a checkout is never read, however large', async () => {
    const { orderId } = await purchase({ credit: 10, stock: 1 });

    expect(await said(send(`/orders/checkout/${orderId}`, { method: 'POST', body: 'x'.repeat(300 * 1024) }))).toEqual(PAID);
  });
});
