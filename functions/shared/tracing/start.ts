// Traces are off unless OTEL_EXPORTER_OTLP_ENDPOINT says where a collector is. The SDK is not part of the bundles: it comes as a layer.
import { createRequire } from 'node:module';
import { context, propagation, trace } from '@opentelemetry/api';
import type * as Hooks from '@opentelemetry/context-async-hooks';
import type * as Core from '@opentelemetry/core';
import type * as Exporter from '@opentelemetry/exporter-trace-otlp-http';
import type * as Resources from '@opentelemetry/resources';
import type * as Sdk from '@opentelemetry/sdk-trace-base';
import { log } from '../logging.ts';
import { boundedFlush, type Flush } from './flush.ts';

const flush = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? started() : undefined;

/** Runs what one event asks for; resolves once its spans are on their way, as far as there are any. */
export async function telling<Result>(work: () => Promise<Result>): Promise<Result> {
  if (!flush) return work();
  try {
    return await work();
  } finally {
    await flush();
  }
}

/** Endpoint, headers and sampler are read from the environment by the SDK itself. */
function started(): Flush | undefined {
  // Node finds packages of a layer by NODE_PATH, which `require` honours and `import` does not.
  const load = createRequire(import.meta.url);
  try {
    const { AsyncLocalStorageContextManager } = load('@opentelemetry/context-async-hooks') as typeof Hooks;
    const { W3CTraceContextPropagator } = load('@opentelemetry/core') as typeof Core;
    const { OTLPTraceExporter } = load('@opentelemetry/exporter-trace-otlp-http') as typeof Exporter;
    const { resourceFromAttributes } = load('@opentelemetry/resources') as typeof Resources;
    const { BasicTracerProvider, BatchSpanProcessor } = load('@opentelemetry/sdk-trace-base') as typeof Sdk;
    const spans = new BatchSpanProcessor(new OTLPTraceExporter());
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes(environment(process.env)),
      spanProcessors: [spans],
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(provider);
    return boundedFlush(() => spans.forceFlush(), {
      onFailure: (error) => log.warn('spans do not reach the collector; events do not wait for it meanwhile', error),
    });
  } catch (error) {
    log.error('nothing is traced: the layer with the telemetry SDK is missing or broken', error as Error);
    return undefined;
  }
}

/** What all spans of this environment have in common. */
function environment(env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    'service.namespace': 'stackyard',
    'service.name': env.POWERTOOLS_SERVICE_NAME ?? '',
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_lambda',
    'cloud.region': env.AWS_REGION ?? '',
    'faas.name': env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    'faas.version': env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    'faas.instance': env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
  };
}
