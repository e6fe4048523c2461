// Requests one after the other, as fast-check's commands: each answer must be the model's, to the character.
import fc from 'fast-check';
import { expect } from 'vitest';
import { attempt, newKey, post, value } from '../shop-client.ts';
import type { Model } from './model.ts';
import { chosen, type Operation, operation, price, requestOf } from './operations.ts';

type Command = fc.AsyncCommand<Model, undefined>;
type Creation = { readonly of: 'user' } | { readonly of: 'item'; readonly price: number } | { readonly of: 'order'; readonly user: number };

const USED_OTHERWISE = { status: 422, body: '{"message":"This Idempotency-Key was used with another payload"}' };

/** As people would write it in a report of a failure. */
const command = (parts: Omit<Command, 'toString'>, ...words: unknown[]): Command => ({
  ...parts,
  toString: () => words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '),
});

/** Half of them without a key, the others with a new one. */
const doing = (op: Operation, withKey: boolean): Command =>
  command(
    {
      check: () => true,
      async run(model) {
        const { path, other, inModel } = requestOf(model, op);
        const told = inModel();
        if (!withKey) {
          expect(await post(path)).toMatchObject(told);
          return;
        }
        const key = newKey();
        expect(await attempt(path, key)).toEqual({ ...told, replayed: null });
        model.keys.push({ key, path, other, told });
      },
    },
    op,
    withKey ? 'with a key' : '',
  );

/** A client's late retry: the first answer again, whatever has changed since, and no effect. */
const retrying = (which: number): Command =>
  command(
    {
      check: ({ keys }) => keys.length > 0,
      async run({ keys }) {
        const { key, path, told } = chosen(keys, which);
        expect(await attempt(path, key)).toEqual({ ...told, replayed: 'true' });
      },
    },
    'retry',
    which,
  );

const misusing = (which: number): Command =>
  command(
    {
      check: ({ keys }) => keys.length > 0,
      async run({ keys }) {
        const { key, other } = chosen(keys, which);
        expect(await attempt(other, key)).toEqual({ ...USED_OTHERWISE, replayed: null });
      },
    },
    'misuse the key of',
    which,
  );

const creating = (creation: Creation): Command =>
  command(
    {
      check: () => true,
      async run(model) {
        if (creation.of === 'user') {
          const { user_id: id } = await value<{ user_id: string }>(post('/payment/create_user'));
          model.users.push({ id, credit: 0 });
        } else if (creation.of === 'item') {
          const { item_id: id } = await value<{ item_id: string }>(post(`/stock/item/create/${creation.price}`));
          model.items.push({ id, price: creation.price, stock: 0 });
        } else {
          // Orders may be of users whom payment does not know.
          const userId = creation.user === 0 ? 'nobody' : chosen(model.users, creation.user).id;
          const { order_id: id } = await value<{ order_id: string }>(post(`/orders/create/${userId}`));
          model.orders.push({ id, userId, lines: [], paid: false });
        }
      },
    },
    'create',
    creation,
  );

const which = fc.nat(20);
const creation: fc.Arbitrary<Creation> = fc.oneof(
  fc.constant({ of: 'user' as const }),
  fc.record({ of: fc.constant('item' as const), price }),
  fc.record({ of: fc.constant('order' as const), user: which }),
);

const one = fc.tuple(operation, fc.boolean()).map(([op, withKey]) => doing(op, withKey));

/** Every kind is drawn as often as it stands here. */
export const commands = fc.commands([one, one, one, one, one, creation.map(creating), which.map(retrying), which.map(misusing)], {
  maxCommands: 80,
  size: 'max',
});
