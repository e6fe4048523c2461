// Connections that come: what is left of one whose handshake fails.
import { beforeEach, expect, test } from 'vitest';
import { socket } from '../../functions/messages/socket/socket.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');

let table: Set<string>;
let greeted: object[];
/** What fails. */
let away: 'count' | 'greeting' | undefined;

const { opened } = socket({
  registry: {
    async arrive(id) {
      table.add(id);
      if (away === 'count') throw new Error('no count');
      return 7;
    },
    async leave(id) {
      table.delete(id);
      if (away === 'count') throw new Error('no count, again');
    },
  },
  greetings: {
    async send(greeting) {
      if (away === 'greeting') throw new Error('no greeting');
      greeted.push(greeting);
    },
  },
  pushes: { ask: async () => undefined },
  poster: { post: async () => 'sent' },
  clock: () => NOW,
  pause: async () => undefined,
});

beforeEach(() => {
  table = new Set();
  greeted = [];
  away = undefined;
});

test('a connection is greeted from the position at which it came', async () => {
  await opened('a');
  expect({ table: [...table], greeted }).toEqual({ table: ['a'], greeted: [{ id: 'a', after: 7 }] });
});

test.each(['count', 'greeting'] as const)('where there is no %s, it is refused and leaves nothing behind', async (missing) => {
  away = missing;
  await expect(opened('a')).rejects.toThrow(new Error(`no ${missing}`));
  expect([...table]).toEqual([]);
});
