// What sagas and the order service ask of stock.
import * as z from 'zod';
import type { Database } from '../shared/database.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { task } from '../shared/task.ts';
import { stockLedger } from './ledger.ts';
import type { StockRepository } from './repository.ts';

const Saga = z.object({ sagaId: z.string() });
const OrderLine = z.tuple([z.string(), z.int().positive(), z.int().nonnegative()]);

export function stockSteps(stock: Database, items: StockRepository) {
  const ledger = stockLedger(stock);
  return {
    price: task(z.object({ itemId: z.string() }), async ({ itemId }) => ({ price: (await items.find(itemId))?.price ?? null })),
    reserve: task(Saga.extend({ items: z.array(OrderLine) }), ({ sagaId, items: lines }) => ledger.reserve(sagaId, lines)),
    release: task(Saga, ({ sagaId }) => ledger.release(sagaId)),
    history: task(z.object({ sagaIds: z.array(z.string()).min(1) }), ({ sagaIds }) => ledger.ofSagas(sagaIds)),
    audit: task(z.object({ until: z.coerce.date(), open: z.array(z.string()) }), ({ until, open }) => ledger.audit(until, open)),
    tidy: task(z.object({}), () => forgetExpired(stock, new Date())),
  };
}
