// What belongs to the event that runs, under any number of events at once: the runtime's `awslambda.InvokeStore`, which logging libraries look for.
import { AsyncLocalStorage } from 'node:async_hooks';

type Values = Record<string | symbol, unknown>;

const REQUEST_ID = Symbol.for('_AWS_LAMBDA_REQUEST_ID');
const X_RAY_TRACE_ID = Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID');
const TENANT_ID = Symbol.for('_AWS_LAMBDA_TENANT_ID');

const events = new AsyncLocalStorage<Values>();

export const requestId = (): string | undefined => events.getStore()?.[REQUEST_ID] as string | undefined;

export const runEvent = (id: string, run: () => Promise<void>): Promise<void> => events.run({ [REQUEST_ID]: id }, run);

/** The methods of AWS's `@aws/lambda-invoke-store`; tracing and tenants do not exist here, so theirs give `undefined`. */
export const invokeStore = {
  getContext: () => events.getStore(),
  hasContext: () => events.getStore() !== undefined,
  get: (key: string | symbol) => events.getStore()?.[key],
  set(key: string | symbol, value: unknown) {
    const values = events.getStore();
    if (values === undefined) throw new Error('No context available');
    if (key === REQUEST_ID || key === X_RAY_TRACE_ID || key === TENANT_ID)
      throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    values[key] = value;
  },
  run: <T>(values: Values, run: () => T): T => events.run(values, run),
  getRequestId: () => requestId() ?? '-',
  getXRayTraceId: () => events.getStore()?.[X_RAY_TRACE_ID],
  getTenantId: () => events.getStore()?.[TENANT_ID],
};
