// The systems that know their state: each is asked for its gauges, all at once.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { Gauge } from '../shared/metrics/gauges.ts';
import { requestId } from '../shared/request-context.ts';
import { invoking } from '../shared/tracing/kinds.ts';
import { inSpan } from '../shared/tracing/span.ts';
import { carrier } from '../shared/tracing/trace-context.ts';

const DEADLINE_MS = 2_000;

/** Collector → how it is asked. */
export type Collectors = Readonly<Record<string, () => Promise<readonly Gauge[]>>>;

/** By the names of their functions. */
export const collectors = (lambda: LambdaClient, functions: Readonly<Record<string, string>>): Collectors =>
  Object.fromEntries(
    Object.entries(functions).map(([name, functionName]) => [
      name,
      () => inSpan('invoke gauges', invoking(functionName), () => gaugesOf(lambda, functionName)),
    ]),
  );

async function gaugesOf(lambda: LambdaClient, functionName: string): Promise<readonly Gauge[]> {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify({ action: 'gauges', requestId: requestId(), ...carrier() }) }),
    { abortSignal: AbortSignal.timeout(DEADLINE_MS) },
  );
  const payload = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError) throw new Error(`${functionName} failed to tell its gauges: ${payload}`);
  return z.array(Gauge).parse(JSON.parse(payload));
}
