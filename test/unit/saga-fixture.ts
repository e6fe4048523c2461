// Orders and their sagas on a real MariaDB.
import { orderRepository } from '../../functions/orders/order-repository.ts';
import { type SagaId, sagaRepository } from '../../functions/orders/saga-repository.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';

export const GRACE_SECONDS = 30;

export type SagaFixture = Awaited<ReturnType<typeof sagaFixture>>;

export async function sagaFixture() {
  const fixture: DatabaseFixture = await databaseFixture('orders');
  const sagas = sagaRepository(fixture.database);
  const orders = orderRepository(fixture.database);
  return {
    ...fixture,
    sagas,
    orders,
    /** No orders but these open ones, of user `u` with two items of item `i` for 10. */
    async only(...ids: string[]): Promise<void> {
      for (const table of ['checkout_keys', 'sagas', 'orders']) await fixture.admin(`DELETE FROM orders.${table}`);
      for (const id of ids) {
        await fixture.admin("INSERT INTO orders.orders (id, user_id, items, total_cost) VALUES (?, 'u', '[[\"i\",2,5]]', 10)", [id]);
      }
    },
    begin: (orderId: string) => sagas.begin(orderId, 'r1', GRACE_SECONDS),
    /** A new attempt; gives its id. */
    async begun(orderId: string): Promise<SagaId> {
      const begun = await sagas.begin(orderId, 'r1', GRACE_SECONDS);
      if (!begun) throw new Error(`There is no order ${orderId}`);
      return { orderId, attempt: begun.attempt };
    },
    /** A saga that was decided against and is not undone yet. */
    async compensating(orderId: string): Promise<SagaId> {
      const saga = await this.begun(orderId);
      await sagas.abort(saga, 'Requests error', false);
      return saga;
    },
    /** A completion that has all its times and is not committed yet. */
    async beginCompletion({ orderId, attempt }: SagaId) {
      await fixture.admin('START TRANSACTION');
      await fixture.admin("UPDATE orders.orders SET status = 'paid' WHERE id = ?", [orderId]);
      await fixture.admin(
        `UPDATE orders.sagas SET state = 'succeeded', decided_at = UTC_TIMESTAMP(3), finished_at = UTC_TIMESTAMP(3)
          WHERE order_id = ? AND attempt = ?`,
        [orderId, attempt],
      );
      return { commit: () => fixture.admin('COMMIT') };
    },
    statusOf: async (orderId: string) => (await orders.find(orderId))?.status,
    sagaOf: async ({ orderId, attempt }: SagaId) => (await sagas.ofOrder(orderId)).find((row) => row.attempt === attempt),
    /** As if so much time had passed. */
    makeDue: (seconds = 60) => fixture.admin('UPDATE orders.sagas SET due_at = due_at - INTERVAL ? SECOND', [seconds]),
  };
}
