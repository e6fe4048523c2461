// The live stream when an answer is lost, an environment dies, or two serve in turns: nobody has a gap, or is closed.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Delivered } from '../../functions/messages/live/stream.ts';
import { join, message, resume, World } from './messages-stream-fixture.ts';

let world: World;
let environment: ReturnType<World['environment']>;

/** Connected, greeted, live. */
async function listener(id: string): Promise<void> {
  const after = world.connect(id);
  await environment([world.delivered(join(id, after))]);
}

/** A batch whose environment dies after its first post; another one begins. */
async function cutShort(): Promise<Delivered> {
  world.now += 60_000;
  const delivery = world.delivered(world.store('one'));
  world.postsLeft = 1;
  await expect(environment([delivery])).rejects.toThrow('killed');
  world.postsLeft = Number.POSITIVE_INFINITY;
  environment = world.environment();
  return delivery;
}

beforeEach(() => {
  world = new World();
  environment = world.environment();
});

describe('where the answer to a move of the stream is lost', () => {
  beforeEach(async () => {
    await listener('a');
    world.isAnswerLost = true;
  });

  it('tells what it moved to, and closes nobody', async () => {
    await environment([world.delivered(world.store('one'))]);
    await environment([world.delivered(world.store('two'))]);
    expect(world.idsOf('a')).toEqual([1, 2]);
    expect(world.closed.size).toBe(0);
  });

  it('does so in an environment that has just begun, too', async () => {
    environment = world.environment();
    await environment([world.delivered(world.store('one'))]);
    expect(world.idsOf('a')).toEqual([1]);
    expect(world.closed.size).toBe(0);
  });
});

describe('after an environment died', () => {
  it('goes on in another one where nothing was under way: no gap, nobody is closed', async () => {
    await listener('a');
    await environment([world.delivered(world.store('one'))]);
    environment = world.environment();
    await environment([world.delivered(world.store('two'))]);
    expect(world.idsOf('a')).toEqual([1, 2]);
    expect(world.closed.size).toBe(0);
  });

  it('closes the connections of which nobody knows what they were told', async () => {
    for (const id of ['a', 'b', 'c']) await listener(id);
    const delivery = await cutShort();
    await environment([{ ...delivery, again: true }]);
    expect([...world.closed].sort()).toEqual(['a', 'b', 'c']);
    expect(['a', 'b', 'c'].flatMap((id) => world.idsOf(id))).toEqual([1]);
  });

  it('closes them also while the database is away: the batch may be given up before it is back', async () => {
    for (const id of ['a', 'b']) await listener(id);
    const delivery = await cutShort();
    world.isDatabaseAway = true;
    await expect(environment([{ ...delivery, again: true }])).rejects.toThrow('away');
    world.isDatabaseAway = false;
    await environment([world.delivered(world.store('two'))]);
    expect([...world.closed].sort()).toEqual(['a', 'b']);
    expect(['a', 'b'].flatMap((id) => world.idsOf(id))).toEqual([1]);
  });

  it('closes them also where a full batch told more than it announced', async () => {
    for (const id of ['a', 'b']) await listener(id);
    world.now += 60_000;
    world.store('one');
    const batch = Array.from({ length: 10 }, (_, index) =>
      world.delivered({ kind: 'received', messages: [message(`r${index}`, 'nobody')] }),
    );
    for (const id of ['a', 'b']) await environment([world.delivered({ kind: 'subscribe', id, channels: ['default'] })]);
    world.postsLeft = 1;
    await expect(environment(batch)).rejects.toThrow('killed');
    world.postsLeft = Number.POSITIVE_INFINITY;
    environment = world.environment();
    await environment(batch.map((one) => ({ ...one, again: true })));
    expect([...world.closed].sort()).toEqual(['a', 'b']);
  });

  it('closes nobody where it died before anything of the batch was told', async () => {
    await listener('a');
    environment = world.environment();
    await environment([world.delivered(world.store('one'), true)]);
    expect(world.closed.size).toBe(0);
    expect(world.idsOf('a')).toEqual([1]);
  });

  it('closes a connection whose history was half told', async () => {
    world.store('one', 'two');
    await environment([]);
    world.connect('a');
    await listener('b');
    world.postsLeft = 1;
    await expect(environment([world.delivered(resume('a', 0))])).rejects.toThrow('killed');
    world.postsLeft = Number.POSITIVE_INFINITY;
    environment = world.environment();
    await environment([world.delivered(resume('a', 0), true)]);
    expect([...world.closed]).toEqual(['a']);
  });

  it('knows whom another has served since: those are told, too', async () => {
    await environment([]);
    world.connect('a');
    await environment([]);
    const other = world.environment();
    await other([world.delivered(resume('a', 0))]);
    expect(world.typesOf('a')).toEqual(['resumed']);
    await environment([world.delivered(world.store('one'))]);
    expect(world.idsOf('a')).toEqual([1]);
    await other([world.delivered(world.store('two'))]);
    expect(world.idsOf('a')).toEqual([1, 2]);
    expect(world.closed.size).toBe(0);
  });

  it('closes a connection whose history another one half told', async () => {
    await listener('a');
    await environment([world.delivered(world.store('one', 'two'))]);
    world.connect('b');
    const other = world.environment();
    await environment([]);
    const asked = world.delivered(resume('b', 0));
    world.postsLeft = 1;
    await expect(other([asked])).rejects.toThrow('killed');
    world.postsLeft = Number.POSITIVE_INFINITY;
    expect(world.idsOf('b')).toEqual([1]);

    await environment([{ ...asked, again: true }]);
    expect(world.idsOf('b')).toEqual([1]);
    expect([...world.closed]).toEqual(['b']);
  });

  it('changes nothing where a batch comes again only because its deletion failed', async () => {
    world.store('one');
    await environment([]);
    world.connect('a');
    const batch = [world.delivered(resume('a', 0)), world.delivered(world.store('two'))];
    await environment(batch);
    await environment(batch.map((one) => ({ ...one, again: true })));
    expect(world.idsOf('a')).toEqual([1, 2]);
    expect(world.closed.size).toBe(0);
  });

  it('goes back where an older state of the database was restored', async () => {
    await environment([world.delivered(world.store('one', 'two', 'three'))]);
    world.table.splice(1);
    environment = world.environment();
    await listener('a');
    await environment([world.delivered(world.store('another'))]);
    expect(world.idsOf('a')).toEqual([2]);
  });
});
