import { beforeEach, describe, expect, it } from 'vitest';
import type { Push } from '../../functions/messages/live/pushes.ts';
import { join, message, resume, World } from './messages-stream-fixture.ts';

let world: World;
let environment: ReturnType<World['environment']>;

/** Connected, greeted, live. */
async function listener(id: string): Promise<void> {
  const after = world.connect(id);
  await environment([world.delivered(join(id, after))]);
}

/** Hands out what was put behind, until nothing is. */
async function settle(): Promise<void> {
  for (let push = world.waiting.shift(); push; push = world.waiting.shift()) await environment([world.delivered(push)]);
}

beforeEach(() => {
  world = new World();
  environment = world.environment();
});

describe('the live stream', () => {
  it('tells of the receipt first, also where the storage was announced sooner, and of each once', async () => {
    await listener('a');
    await environment([world.delivered({ kind: 'received', messages: [message('one')] }), world.delivered(world.store('one'))]);
    await environment([world.delivered(world.store('two')), world.delivered({ kind: 'received', messages: [message('two')] })]);
    expect(world.typesOf('a')).toEqual(['received', 'stored', 'received', 'stored']);
  });

  it('does not tell of receipts again that are older than this environment', async () => {
    await listener('a');
    world.now += 60_000;
    await environment([world.delivered(world.store('late'))]);
    expect(world.typesOf('a')).toEqual(['stored']);
  });

  it('fills in what nobody announced, in order, and leaves out the announcement that comes late', async () => {
    await listener('a');
    const lost = world.store('one', 'two');
    await environment([world.delivered(world.store('three'))]);
    await environment([world.delivered(lost)]);
    expect(world.idsOf('a')).toEqual([1, 2, 3]);
  });

  it('tells all that is stored where a full batch says that more is waiting, and nothing twice', async () => {
    await listener('a');
    const pushes = Array.from({ length: 30 }, (_, index) => world.store(`m${index}`));
    for (let from = 0; from < 30; from += 10) {
      await environment(pushes.slice(from, from + 10).map((push) => world.delivered(push)));
      expect(world.idsOf('a')).toHaveLength(30);
    }
    await environment([world.delivered({ kind: 'received', messages: [message('m29')] })]);
    expect(world.idsOf('a')).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(world.typesOf('a').filter((type) => type === 'received')).toHaveLength(30);
  });

  it('serves the very first connection from the first message on', async () => {
    const after = world.connect('a');
    await environment([world.delivered(world.store('one'))]);
    await environment([world.delivered(join('a', after))]);
    expect(world.idsOf('a')).toEqual([1]);
  });

  it('serves a connection that only listens from the position at which it came', async () => {
    await environment([world.delivered(world.store('before'))]);
    const after = world.connect('a');
    await environment([world.delivered(world.store('between'))]);
    expect(world.idsOf('a')).toEqual([]);
    await environment([world.delivered(join('a', after)), world.delivered(world.store('then'))]);
    expect(world.idsOf('a')).toEqual([2, 3]);
  });

  it('serves a connection that resumes all of its history and then the stream, whatever is stored meanwhile', async () => {
    world.store(...Array.from({ length: 650 }, (_, index) => `m${index}`));
    await environment([]);
    const after = world.connect('a');
    await environment([world.delivered(resume('a', 100))]);
    while (world.waiting.length > 0) {
      await environment([world.delivered(world.waiting.shift() as Push), world.delivered(world.store(`n${world.table.length}`))]);
    }
    await environment([world.delivered(join('a', after)), world.delivered(world.store('last'))]);
    expect(world.idsOf('a')).toEqual(Array.from({ length: world.table.length - 100 }, (_, index) => 101 + index));
    expect(world.typesOf('a').filter((type) => type === 'resumed')).toHaveLength(1);
  });

  it('starts again where a live connection resumes, and drops what is left of an earlier request', async () => {
    world.store(...Array.from({ length: 500 }, (_, index) => `m${index}`));
    await environment([]);
    await listener('a');
    await environment([world.delivered(resume('a', 0, { token: 'first' }))]);
    await environment([world.delivered(resume('a', 490, { token: 'second' }))]);
    await settle();
    expect(world.idsOf('a').slice(200)).toEqual([491, 492, 493, 494, 495, 496, 497, 498, 499, 500]);
  });

  it('goes on with the later of two requests in another environment, and drops what is left of the earlier one', async () => {
    world.store(...Array.from({ length: 900 }, (_, index) => `m${index}`));
    await environment([]);
    await listener('a');
    await environment([world.delivered(resume('a', 0, { token: 'first' }))]);
    await environment([world.delivered(resume('a', 300, { token: 'second' }))]);
    environment = world.environment();
    await settle();
    expect(world.idsOf('a').slice(200)).toEqual(Array.from({ length: 600 }, (_, index) => 301 + index));
    expect(world.typesOf('a').filter((type) => type === 'resumed')).toEqual(['resumed']);
  });

  it('tells nothing twice where a greeting overtakes the request to resume', async () => {
    await environment([]);
    const after = world.connect('a');
    world.store(...Array.from({ length: 500 }, (_, index) => `m${index}`));
    await environment([world.delivered({ kind: 'stored', messages: world.table.slice(-1) })]);
    await environment([world.delivered(join('a', after))]);
    expect(world.idsOf('a')).toHaveLength(200);
    await environment([world.delivered(resume('a', after))]);
    await settle();
    expect(world.idsOf('a')).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    expect(world.typesOf('a').filter((type) => type === 'resumed')).toEqual(['resumed']);
  });

  it('tells nothing twice where the connection is live before its request to resume is there', async () => {
    await listener('a');
    await environment([world.delivered(world.store('one', 'two'))]);
    await environment([world.delivered(resume('a', 0)), world.delivered(world.store('three'))]);
    expect(world.idsOf('a')).toEqual([1, 2, 3]);
  });

  it('tells again what a connection has heard when it asks for that later, although it never asked before', async () => {
    await listener('a');
    await environment([world.delivered(world.store('one', 'two', 'three'))]);
    await environment([world.delivered(resume('a', 1, { saidAt: world.now + 1 }))]);
    expect(world.idsOf('a')).toEqual([1, 2, 3, 2, 3]);
  });

  it('keeps what is stored from a connection whose history is not told yet', async () => {
    world.store(...Array.from({ length: 500 }, (_, index) => `m${index}`));
    await environment([]);
    world.connect('a');
    await environment([world.delivered(resume('a', 0))]);
    await environment([world.delivered(world.store('live'))]);
    expect(world.idsOf('a')).toHaveLength(200);
    await settle();
    expect(world.idsOf('a')).toEqual(Array.from({ length: 501 }, (_, index) => index + 1));
  });

  it('tells only of the channels that were subscribed, of receipts too', async () => {
    await listener('a');
    await environment([world.delivered({ kind: 'subscribe', id: 'a', channels: ['x'] })]);
    await environment([world.delivered({ kind: 'received', messages: [message('one'), message('two', 'x')] })]);
    await environment([world.delivered({ kind: 'subscribe', id: 'a' }), world.delivered(world.store('three'))]);
    await environment([world.delivered(world.store('four'))]);
    expect(world.clients.get('a')?.map(({ type, key }) => key ?? type)).toEqual(['subscribed', 'two', 'subscribed', 'four', 'four']);
  });

  it('forgets a connection that seems gone before its greeting when no handshake takes that long', async () => {
    world.connect('a');
    world.closed.add('a');
    await environment([world.delivered({ kind: 'received', messages: [message('one')] })]);
    expect(world.connections.has('a')).toBe(true);
    world.now += 61_000;
    await environment([world.delivered({ kind: 'received', messages: [message('two')] })]);
    expect(world.connections.has('a')).toBe(false);
  });

  it('forgets a connection that is gone, and tells the others', async () => {
    await listener('a');
    await listener('b');
    world.closed.add('a');
    await environment([world.delivered(world.store('one'))]);
    expect(world.connections.has('a')).toBe(false);
    expect(world.idsOf('b')).toEqual([1]);
  });
});

it('closes a connection that asks and is not known, so that its client comes back', async () => {
  await environment([world.delivered(resume('forgotten', 0))]);
  expect([...world.closed]).toEqual(['forgotten']);
});
