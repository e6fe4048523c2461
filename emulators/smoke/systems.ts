// One thing of each system, as a client sees it: what must work wherever the application was deployed.
import { once } from 'node:events';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import { type Client, until } from './client.ts';

/** Each resolves with a sentence about what came back. */
export const systems: Readonly<Record<string, (client: Client) => Promise<string>>> = { status, picture, message, checkout, breeds };

async function status(client: Client): Promise<string> {
  return until('the layers', 30, async () => {
    const layers = (await (await client.expect(200, 'GET', '/status')).json()) as Record<string, boolean>;
    return Object.values(layers).every(Boolean) ? `${Object.keys(layers).join(', ')} answer` : undefined;
  });
}

async function picture(client: Client): Promise<string> {
  const original = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#b04030' } })
    .png()
    .toBuffer();
  const body = { image: original.toString('base64'), width: 32, height: 24 };
  const location = (await client.expect(201, 'POST', '/api/', { body })).headers.get('location') ?? '';
  const done = await until('the resized picture', 60, async () => {
    const response = await fetch(client.url + location);
    return response.status === 202 ? undefined : response;
  });
  const { image = '' } = (await done.json()) as { image?: string };
  const { width, height, format } = await sharp(Buffer.from(image, 'base64')).metadata();
  if (width !== 32 || height !== 24) throw new Error(`the picture is ${width} x ${height} and not 32 x 24`);
  return `${format} of ${width} x ${height}`;
}

async function message(client: Client): Promise<string> {
  const channel = `smoke-${Date.now()}`;
  const socket = new WebSocket(`${client.url.replace(/^http/, 'ws')}/ws`);
  const kinds: string[] = [];
  socket.on('message', (frame) => {
    const events = [JSON.parse(String(frame)) as { type: string; channel?: string } | []].flat();
    kinds.push(...events.filter((event) => event.channel === channel).map(({ type }) => type));
  });
  try {
    await once(socket, 'open');
    await client.expect(200, 'POST', `/endpoint/?channel=${channel}`, { body: { smoke: true } });
    await until('the pushed message', 60, async () => (kinds.includes('received') && kinds.includes('stored') ? true : undefined));
    return 'pushed when it was received, and when it was stored';
  } finally {
    socket.terminate();
  }
}

/** Two orders of one item each: the second is more than the user can pay, so its stock comes back. */
async function checkout(client: Client): Promise<string> {
  const made = async (path: string) => Object.values((await (await client.expect(200, 'POST', path)).json()) as object)[0] as string;
  const [user, item] = await Promise.all([made('/payment/create_user'), made('/stock/item/create/10')]);
  await client.expect(200, 'POST', `/stock/add/${item}/5`);
  await client.expect(200, 'POST', `/payment/add_funds/${user}/15`);
  const order = async () => {
    const id = await made(`/orders/create/${user}`);
    await client.expect(200, 'POST', `/orders/addItem/${id}/${item}/1`);
    return id;
  };
  await client.expect(200, 'POST', `/orders/checkout/${await order()}`);
  const refused = await (await client.expect(400, 'POST', `/orders/checkout/${await order()}`)).text();
  if (!refused.includes('User out of credit')) throw new Error(`the second checkout was refused by: ${refused}`);
  const { stock } = (await (await client.expect(200, 'GET', `/stock/find/${item}`)).json()) as { stock: number };
  if (stock !== 4) throw new Error(`${stock} items are left and not 4: what the refused checkout had reserved did not come back`);
  return 'one paid; one refused, and its stock given back';
}

async function breeds(client: Client): Promise<string> {
  // 409 where the schedule was quicker.
  await client.expect([202, 409], 'POST', '/api/v1/sync/run', { key: true });
  const list = await until('breeds', 90, async () => {
    const response = await fetch(`${client.url}/api/v1/breeds/`);
    return response.status === 200 ? ((await response.json()) as unknown[]) : undefined;
  });
  return `${list.length} breeds`;
}
