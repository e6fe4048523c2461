// `GET /metrics`: the state of pictures, sagas and queues, as it is now.
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Sample, total } from '../support/exposition.ts';
import { picture } from '../support/pictures.ts';
import { send } from './application.ts';
import { accepted, settled } from './pictures-client.ts';
import { truncated } from './poison.ts';
import { scrape } from './scrape.ts';
import { checkout, purchase } from './shop-client.ts';

const until = (isSo: (samples: Sample[]) => boolean) => eventually(async () => isSo(await scrape()));
const inState = (name: string, state: string) => (samples: Sample[]) => total(samples, name, { state });

test('every part of the metrics could be read', async () => {
  const samples = await scrape();
  for (const collector of ['requests', 'pictures', 'orders', 'cats', 'workers'])
    expect(total(samples, 'stackyard_collector_up', { collector }), collector).toBe(1);
});

test('a picture is counted in the state that it comes to', async () => {
  const before = await scrape();
  await settled(await accepted({ image: await picture(40, 30) }));
  await settled(await accepted({ image: await truncated('png') }));

  const [done, failed] = [inState('pictures', 'done'), inState('pictures', 'failed')];
  await until((samples) => done(samples) === done(before) + 1 && failed(samples) === failed(before) + 1);
});

test('a saga is counted in the state that it comes to', async () => {
  const before = await scrape();
  await checkout((await purchase({ credit: 10, stock: 1 })).orderId);
  await checkout((await purchase({ stock: 1 })).orderId);

  const [succeeded, failed] = [inState('sagas', 'succeeded'), inState('sagas', 'failed')];
  await until((samples) => succeeded(samples) === succeeded(before) + 1 && failed(samples) === failed(before) + 1);
});

test('every queue and topic of the workers has its numbers', async () => {
  const { queues } = (await (await send('/api/workers')).json()) as { queues: { name: string; kind: string }[] };
  const samples = await scrape();

  expect(queues.length).toBeGreaterThan(0);
  for (const { name, kind } of queues) {
    const told = samples.filter(({ labels }) => labels.queue === name).map((sample) => sample.name);
    const expected = ['queue_waiting_messages', 'queue_oldest_message_age_seconds', 'queue_dead_letters'];
    expect(told, name).toEqual(
      expect.arrayContaining(kind === 'queue' ? [...expected, 'queue_in_flight_messages'] : ['queue_dead_letters']),
    );
  }
});
