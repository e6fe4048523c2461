// A little of everything that the dashboards show: what works, what is refused, what fails.
import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import { send, sendWithKey } from '../system/application.ts';
import { published, get as read } from '../system/cats-client.ts';
import { newChannel, post as postMessage, sent, stored } from '../system/messages-client.ts';
import { accepted, order as orderPicture, settled } from '../system/pictures-client.ts';
import { truncated } from '../system/poison.ts';
import { checkout, OUT_OF_CREDIT, PAID, purchase } from '../system/shop-client.ts';

async function pictures(): Promise<void> {
  await settled(await accepted({ image: await picture(40, 30) }));
  await settled(await accepted({ image: await truncated('png') }));
  expect((await orderPicture({})).status).toBe(400);
}

async function messages(): Promise<void> {
  const channel = newChannel();
  await sent('{"text":"seen on a dashboard"}', channel);
  await stored(channel, 1);
  expect((await postMessage('', `?channel=${channel}`)).status).toBe(400);
}

async function orders(): Promise<void> {
  expect(await checkout((await purchase({ credit: 10, stock: 1 })).orderId)).toEqual(PAID);
  expect(await checkout((await purchase({ stock: 1 })).orderId)).toEqual(OUT_OF_CREDIT);
}

async function cats(): Promise<void> {
  await published();
  expect((await read('/api/v1/breeds')).status).toBe(200);
  expect((await read('/api/v1/breeds?err=failing')).status).toBe(500);
}

async function operations(): Promise<void> {
  expect((await send('/status/ready')).status).toBe(200);
  expect((await send('/api/workers')).status).toBe(200);
  expect((await sendWithKey('/api/workers/nothing/replay', { method: 'POST' })).status).toBe(404);
}

/** Every system once. */
export const useEverything = async (): Promise<void> => {
  await Promise.all([pictures(), messages(), orders(), cats(), operations()]);
};
