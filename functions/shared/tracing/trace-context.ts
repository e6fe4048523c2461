// The context of a trace (W3C Trace Context) on its way from function to function. It travels beside the request id, wherever that does.
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { type Context, context, propagation, ROOT_CONTEXT, type TextMapSetter } from '@opentelemetry/api';
import * as z from 'zod';
import { isTracing } from './active.ts';

/** By the names of its headers, which are also those of message attributes and fields of payloads. */
export const TraceContext = z.object({ traceparent: z.string().optional(), tracestate: z.string().optional() });
export type TraceContext = z.infer<typeof TraceContext>;

/** The running code's place in its trace, to be sent along; empty where nothing is traced. */
export function carrier(within: Context = context.active()): TraceContext {
  const fields: TraceContext = {};
  propagation.inject(within, fields, setter);
  return fields;
}

/** A state that could not be read is passed on as empty text, which SQS takes for no attribute's value. */
const setter: TextMapSetter<TraceContext> = {
  set(fields, name, value) {
    if (value !== '') fields[name as keyof TraceContext] = value;
  },
};

/** As headers of a Kafka record. */
export const traceHeaders = (): Record<string, string> => carrier() as Record<string, string>;

/** For what keeps its place in a trace for later; undefined where nothing is traced. */
export const currentTrace = (): TraceContext | undefined => (isTracing() ? carrier() : undefined);

/** What a span that continues the trace has as its parent. What is missing or malformed begins a new trace. */
export const continuing = (sent: TraceContext): Context => propagation.extract(ROOT_CONTEXT, sent);

/** As attributes of an SQS message. */
export const traceAttributes = (fields: TraceContext | undefined = currentTrace()): Record<string, MessageAttributeValue> =>
  Object.fromEntries(Object.entries(fields ?? {}).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));

/** From the attributes of an SQS message that was received. */
export const traceIn = (attributes: Readonly<Record<string, { readonly stringValue?: string | undefined } | undefined>>): TraceContext => ({
  traceparent: attributes.traceparent?.stringValue,
  tracestate: attributes.tracestate?.stringValue,
});
