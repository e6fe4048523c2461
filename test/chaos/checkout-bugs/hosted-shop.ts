// The application inside this process, so that its functions can be asked directly, its answers lost, and its database be hung.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { localStage, projectRoot, synthesize } from '../../../local/app/synthesis.ts';
import type { InvokeResult, LambdaFunction } from '../../../local/lambda/registry.ts';
import { createLog } from '../../../local/log.ts';
import { start } from '../../../local/start.ts';
import { eventually } from '../../support/eventually.ts';
import { type Shop, shopAt } from '../checkout/shop.ts';

export type Service = 'orders' | 'stock' | 'payment';

/** An order of one line that can be paid once from what is there. */
export interface Purchase {
  readonly orderId: string;
  readonly userId: string;
  readonly itemId: string;
}

export const CREDIT = 100;
export const STOCK = 10;
/** Of the order: price x quantity. */
export const TOTAL = 30;
const QUANTITY = 3;
/** Where nothing happened, and where it was paid once. */
export const UNTOUCHED = { paid: false, credit: CREDIT, stock: STOCK };
export const PAID_ONCE = { paid: true, credit: CREDIT - TOTAL, stock: STOCK - QUANTITY };

export const PAID = { status: 200, body: 'Checkout successful', replayed: false };
export const OUT_OF_CREDIT = { status: 400, body: 'User out of credit', replayed: false };
export const TIMED_OUT = { status: 400, body: 'Requests error', replayed: false };
/** What the audit says where it finds nothing wrong. */
export const AGREED = { consistent: true, open: 0, problems: [] };

export const times = <Result>(count: number, work: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

export type HostedShop = Awaited<ReturnType<typeof hostedShop>>;

export async function hostedShop() {
  const folder = mkdtempSync(join(tmpdir(), 'stackyard-bugs-'));
  // That functions fail is what these tests are about.
  const log = createLog('error', () => undefined);
  const running = await start({
    assembly: synthesize({ ...localStage('sqs'), log }),
    dataDir: join(folder, 'host'),
    toolsDir: join(projectRoot, '.stackyard/tools'),
    kafka: false,
    ahead: ['mysql', 'redis'],
    log,
  }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const { host } = running;
  const database = await host.backends.mysql();
  const server = mysql.createPool({ host: database.host, port: database.port, user: database.user, password: database.password });
  const shop: Shop = shopAt(running.url);
  const nameOf = (service: Service) => `stackyard-local-${service}-api`;
  let keys = 0;

  async function step<Answer = { state: string }>(service: Service, action: string, input: object): Promise<Answer> {
    const { payload, functionError } = await running.invoke(nameOf(service), { action, requestId: 'test', ...input });
    if (functionError) throw new Error(`${service} ${action}: ${payload}`);
    return JSON.parse(payload) as Answer;
  }
  const sql = async (statement: string, values: unknown[] = []) => (await server.query<RowDataPacket[]>(statement, values))[0];

  return {
    shop,
    sql,
    step,
    signalDatabase: (signal: NodeJS.Signals) => process.kill(database.pid as number, signal),
    newKey: () => `key-${keys++}`,
    checkout: (orderId: string, key?: string) => shop.post(`/orders/checkout/${orderId}`, key),

    async purchase({ credit = CREDIT, stock = STOCK } = {}): Promise<Purchase> {
      const made = async <Fields>(path: string) => JSON.parse(await shop.surely(path, `key-${keys++}`)) as Fields;
      const { user_id: userId } = await made<{ user_id: string }>('/payment/create_user');
      const { item_id: itemId } = await made<{ item_id: string }>(`/stock/item/create/${TOTAL / QUANTITY}`);
      const { order_id: orderId } = await made<{ order_id: string }>(`/orders/create/${userId}`);
      await shop.surely(`/payment/add_funds/${userId}/${credit}`, `key-${keys++}`);
      await shop.surely(`/stock/add/${itemId}/${stock}`, `key-${keys++}`);
      await shop.surely(`/orders/addItem/${orderId}/${itemId}/${QUANTITY}`, `key-${keys++}`);
      return { orderId, userId, itemId };
    },
    async stateOf({ orderId, userId, itemId }: Purchase) {
      const { paid } = await shop.read<{ paid: boolean }>(`/orders/find/${orderId}`);
      const { credit } = await shop.read<{ credit: number }>(`/payment/find_user/${userId}`);
      const { stock } = await shop.read<{ stock: number }>(`/stock/find/${itemId}`);
      return { paid, credit, stock };
    },
    /** As the schedule does, but at once: as if the grace of every saga were over. */
    reconciled: () =>
      eventually(async () => {
        await sql('UPDATE orders.sagas SET due_at = UTC_TIMESTAMP(3)');
        await step('orders', 'reconcile', {});
        return (await sql("SELECT 1 FROM orders.sagas WHERE state NOT IN ('succeeded', 'failed')")).length === 0;
      }, 60_000),
    audit: () => step<{ consistent: boolean; open: number; problems: string[] }>('orders', 'audit', {}),
    /** A transaction that holds a user's row, until it is let go: whoever charges that user hangs. */
    async holdingUser(userId: string) {
      const holder = await server.getConnection();
      await holder.query('START TRANSACTION');
      await holder.query('SELECT credit FROM payment.users WHERE id = ? FOR UPDATE', [userId]);
      return async () => {
        await holder.query('ROLLBACK');
        holder.release();
      };
    },
    /** So often as the service is asked for the action next, it does it, and its answer is lost, by `accident`. Tells how often it was asked. */
    loseAnswer(service: Service, action: string, { times = 1, accident = () => undefined as unknown } = {}) {
      // The registry's slot of that name, and the function in it: `add` puts another one in its place.
      const real = Reflect.get(host.functions.find(nameOf(service)) as object, 'current') as LambdaFunction;
      let asked = 0;
      const invoke = async (payload: string): Promise<InvokeResult> => {
        const result = await real.invoke(payload);
        if ((JSON.parse(payload) as { action?: string }).action !== action || ++asked > times) return result;
        accident();
        return { requestId: result.requestId, payload: '{"errorType":"Runtime.ExitError"}', functionError: 'Unhandled' };
      };
      host.functions.add({ ...real, invoke });
      return { asked: () => asked, restore: () => host.functions.add(real) };
    },
    async stop() {
      await server.end();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
