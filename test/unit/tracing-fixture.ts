// OpenTelemetry's SDK in this thread, as `functions/shared/tracing/start.ts` sets it up, with an exporter that keeps what it gets.
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

export interface Traced {
  /** Those that have ended, in the order of their ends. */
  spans(): readonly ReadableSpan[];
  stop(): void;
}

export function traced(): Traced {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  return {
    spans: () => exporter.getFinishedSpans(),
    stop() {
      for (const api of [context, propagation, trace]) api.disable();
    },
  };
}
