// The outbox relay: what was not announced, or was and never ended.
import { expect, it } from 'vitest';
import { relay } from '../../functions/pictures/relay.ts';
import type { State } from '../../functions/pictures/repository.ts';
import { log } from '../../functions/shared/logging.ts';
import { aPicture, fakes, NOW } from './pictures-fakes.ts';

log.setLogLevel('SILENT');

const row = (id: string, announcements = 0, state: State = 'queued') =>
  aPicture({ id, source_key: `sources/${id}`, announcements, state, request_id: `request of ${id}` });

it('announces what is overdue, under the request that it came from', async () => {
  const world = fakes(row('a'), row('b', 4));

  expect(await relay(world, NOW)).toEqual({ announced: 2, givenUp: 0 });
  expect(world.announced).toEqual([
    { id: 'a', key: 'sources/a', requestId: 'request of a' },
    { id: 'b', key: 'sources/b', requestId: 'request of b' },
  ]);
  expect(world.rows.get('b')?.announcements).toBe(5);
});

it('leaves alone what may still be on its way: 15 s for an announcement, 15 min for a delivery', async () => {
  const world = fakes();
  await relay(world, NOW);

  expect(world.events).toEqual(['look for overdue 2026-03-29T11:59:45.000Z 2026-03-29T11:45:00.000Z 100']);
});

it('gives up a job that was begun and announced five times without an end, not one that waits in a long backlog', async () => {
  const world = fakes(row('a', 5, 'processing'), row('b', 5));

  expect(await relay(world, NOW)).toEqual({ announced: 1, givenUp: 1 });
  expect(world.rows.get('a')).toMatchObject({ state: 'failed', error: 'Given up after 5 attempts' });
  expect(world.announced.map(({ id }) => id)).toEqual(['b']);
});

it('stops where the transport is away; what it announced stays announced', async () => {
  const world = fakes(row('a'), row('b'), row('c'));
  world.breakNext('mark announced', new Error('down'));

  await expect(relay(world, NOW)).rejects.toThrow('down');
  expect(world.events.slice(1)).toEqual(['announce a', 'mark announced fails']);

  world.events.length = 0;
  world.breakNext('announce', new Error('away'));
  await expect(relay(world, NOW)).rejects.toThrow('away');
  expect(world.events.slice(1)).toEqual(['announce fails']);
  expect(world.rows.get('b')).toMatchObject({ state: 'queued', announcements: 0 });
});
