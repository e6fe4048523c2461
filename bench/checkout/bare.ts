// The limit: the same statements as a checkout's four steps, one after the other, through the application's own repositories and mysql2, and
// nothing around them. Arguments: data folder, id of the first order, seconds. Prints its figures as JSON, in the form of wrk's script.
import { sagaIdOf, sagaRepository } from '../../functions/orders/saga-repository.ts';
import { paymentLedger } from '../../functions/payment/ledger.ts';
import { stockLedger } from '../../functions/stock/ledger.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { schema } from '../load/schema.ts';

const [dataDir = '', first = '', seconds = ''] = process.argv.slice(2);
const GRACE_SECONDS = 30;

// A pool each, as the application's functions have.
const schemas = { orders: schema(dataDir, 'orders'), stock: schema(dataDir, 'stock'), payment: schema(dataDir, 'payment') };
const sagas = sagaRepository(schemas.orders);
const stock = stockLedger(schemas.stock);
const payment = paymentLedger(schemas.payment);

async function checkOut(orderId: string): Promise<void> {
  const begun = await sagas.begin(orderId, 'bench', GRACE_SECONDS);
  if (begun?.status !== 'open') throw new Error(`order ${orderId} is ${begun?.status ?? 'unknown'}`);
  const saga = { orderId, attempt: begun.attempt };
  const reserved = await stock.reserve(sagaIdOf(saga), begun.items);
  const charged = await payment.charge(sagaIdOf(saga), begun.userId, begun.totalCost);
  const decided = await sagas.complete(saga);
  if (decided.state !== 'succeeded') throw new Error(`order ${orderId}: ${reserved.state}, ${charged.state}, ${decided.state}`);
}

let next = Number(first);
const load = await closedLoop(Number(seconds), () => checkOut(String(next++)));
await Promise.all(Object.values(schemas).map((pool) => pool.end()));
process.stdout.write(JSON.stringify({ ...load, next }));
