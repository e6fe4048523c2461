import * as z from 'zod';
import { database } from '../shared/database.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { task, taskHandler } from '../shared/task.ts';
import { stockLedger } from './ledger.ts';
import { stockRepository } from './repository.ts';

const stock = database();
const repository = stockRepository(stock);
const ledger = stockLedger(stock);
const Saga = z.object({ sagaId: z.string() });
const OrderLine = z.tuple([z.string(), z.int().positive(), z.int().nonnegative()]);

export const handler = taskHandler({
  price: task(z.object({ itemId: z.string() }), async ({ itemId }) => ({ price: (await repository.find(itemId))?.price ?? null })),
  reserve: task(Saga.extend({ items: z.array(OrderLine) }), ({ sagaId, items }) => ledger.reserve(sagaId, items)),
  release: task(Saga, ({ sagaId }) => ledger.release(sagaId)),
  history: task(z.object({ sagaIds: z.array(z.string()).min(1) }), ({ sagaIds }) => ledger.ofSagas(sagaIds)),
  tidy: task(z.object({}), async () => (await forgetExpired(stock, new Date())) ?? null),
  audit: task(z.object({ until: z.coerce.date(), open: z.array(z.string()) }), ({ until, open }) => ledger.audit(until, open)),
});
