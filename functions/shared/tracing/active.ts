import { propagation, trace } from '@opentelemetry/api';

/** Nothing is traced until an SDK has registered itself: `start.ts`. */
export const isTracing = (): boolean => propagation.fields().length > 0;

/** Id of the trace that the running code belongs to, as log lines have it. */
export const traceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;
