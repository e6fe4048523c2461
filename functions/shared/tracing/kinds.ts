// The spans of this application, in the names of OpenTelemetry's semantic conventions: HTTP, messaging, FaaS.
import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { SpanOptions } from './span.ts';
import type { TraceContext } from './trace-context.ts';

export type MessagingSystem = 'aws_sqs' | 'kafka';

/** `send inbox`: puts one message into a queue or topic. */
export const sending = (system: MessagingSystem, destination: string, attributes: Attributes = {}): SpanOptions => ({
  kind: SpanKind.PRODUCER,
  attributes: { ...messaging(system, destination, 'send'), ...attributes },
});

/** `process inbox`: handles one message of a batch. */
export const processing = (system: MessagingSystem, destination: string, parent: TraceContext, attributes: Attributes): SpanOptions => ({
  kind: SpanKind.CONSUMER,
  parent,
  attributes: { ...messaging(system, destination, 'process'), ...attributes, 'faas.trigger': 'pubsub' },
});

const messaging = (system: MessagingSystem, destination: string, operation: 'send' | 'process'): Attributes => ({
  'messaging.system': system,
  'messaging.destination.name': destination,
  'messaging.operation.name': operation,
  'messaging.operation.type': operation,
});

/** Asks another function of this application. */
export const invoking = (functionName: string): SpanOptions => ({
  kind: SpanKind.CLIENT,
  attributes: { 'faas.invoked_name': functionName, 'faas.invoked_provider': 'aws' },
});

/** What a function is asked for, or does by itself on a schedule. */
export const serving = (trigger: 'http' | 'timer' | 'other', parent: TraceContext, attributes: Attributes = {}): SpanOptions => ({
  kind: SpanKind.SERVER,
  parent,
  attributes: { 'faas.trigger': trigger, ...attributes },
});

/** `https://sqs…/account/name` → name. */
export const queueAt = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
