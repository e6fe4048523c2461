// Stock and payment as orders sees them: their Lambda functions, never their data.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { requestId } from '../shared/request-context.ts';
import { invoking } from '../shared/tracing/kinds.ts';
import { inSpan } from '../shared/tracing/span.ts';
import { carrier } from '../shared/tracing/trace-context.ts';
import { LedgerRecord } from './story.ts';

const Price = z.object({ price: z.int().nullable() });
const Undone = z.object({ state: z.enum(['refused', 'undone']) });
const Totals = z.object({ sagas: z.int(), fingerprint: z.int(), wrong: z.int() });
const StockTotals = Totals.extend({ value: z.int() });
const PaymentTotals = Totals.extend({ amount: z.int() });

export interface Functions {
  readonly stock: string;
  readonly payment: string;
}

/** A participant could not be asked, or failed. */
export class ParticipantFailed extends Error {
  override readonly name = 'ParticipantFailed';
}

export type Participants = ReturnType<typeof participants>;

export function participants(lambda: LambdaClient, { stock, payment }: Functions) {
  async function ask<Answer>(name: string, answer: z.ZodType<Answer>, action: string, input: object): Promise<Answer> {
    const payload = await inSpan(`invoke ${action}`, invoking(name), () => invoke(name, action, input));
    return answer.parse(JSON.parse(payload));
  }

  async function invoke(name: string, action: string, input: object): Promise<string> {
    const response = await lambda
      .send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify({ action, requestId: requestId(), ...carrier(), ...input }) }))
      .catch((error: unknown) => {
        throw new ParticipantFailed(`${name} could not be asked to ${action}: ${String(error)}`);
      });
    const payload = Buffer.from(response.Payload ?? []).toString('utf8');
    if (response.FunctionError) throw new ParticipantFailed(`${name} failed to ${action}: ${payload}`);
    return payload;
  }
  const audit = (until: Date, open: readonly string[]) => ({ until: until.toISOString(), open });

  return {
    /** Null where there is no such item. */
    priceOf: async (itemId: string) => (await ask(stock, Price, 'price', { itemId })).price,
    refund: (sagaId: string) => ask(payment, Undone, 'refund', { sagaId }),
    release: (sagaId: string) => ask(stock, Undone, 'release', { sagaId }),
    reservations: (sagaIds: readonly string[]) => ask(stock, z.array(LedgerRecord), 'history', { sagaIds }),
    charges: (sagaIds: readonly string[]) => ask(payment, z.array(LedgerRecord), 'history', { sagaIds }),
    auditStock: (until: Date, open: readonly string[]) => ask(stock, StockTotals, 'audit', audit(until, open)),
    auditPayment: (until: Date, open: readonly string[]) => ask(payment, PaymentTotals, 'audit', audit(until, open)),
    /** Lets both forget idempotency keys that have expired. */
    tidy: () => Promise.all([stock, payment].map((name) => ask(name, z.unknown(), 'tidy', {}))),
  };
}
