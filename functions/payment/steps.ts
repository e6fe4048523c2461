// What sagas and the order service ask of payment.
import * as z from 'zod';
import type { Database } from '../shared/database.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { task } from '../shared/task.ts';
import { paymentLedger } from './ledger.ts';

const Saga = z.object({ sagaId: z.string() });

export function paymentSteps(payment: Database) {
  const ledger = paymentLedger(payment);
  return {
    charge: task(Saga.extend({ userId: z.string(), amount: z.int().nonnegative() }), ({ sagaId, userId, amount }) =>
      ledger.charge(sagaId, userId, amount),
    ),
    refund: task(Saga, ({ sagaId }) => ledger.refund(sagaId)),
    history: task(z.object({ sagaIds: z.array(z.string()).min(1) }), ({ sagaIds }) => ledger.ofSagas(sagaIds)),
    audit: task(z.object({ until: z.coerce.date(), open: z.array(z.string()) }), ({ until, open }) => ledger.audit(until, open)),
    tidy: task(z.object({}), () => forgetExpired(payment, new Date())),
  };
}
