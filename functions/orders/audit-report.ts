import * as z from 'zod';

const Sum = z.object({ sagas: z.int(), amount: z.int() });

export const AuditReport = z.object({
  /** True when nothing below contradicts. */
  consistent: z.boolean(),
  at: z.iso.datetime(),
  /** Sagas that were not finished at that moment; they are left out on all sides. */
  open: z.int(),
  /** Orders that are paid, with their price x quantity; those that were reset since are not among them. */
  paid_orders: z.object({ orders: z.int(), amount: z.int() }),
  /** Sagas that succeeded. */
  succeeded: Sum,
  /** Charges that stand. */
  spent: Sum,
  /** Reservations that stand, at the prices of their orders. */
  sold: Sum,
  /** A sentence each. */
  problems: z.array(z.string()),
});
export type AuditReport = z.infer<typeof AuditReport>;
