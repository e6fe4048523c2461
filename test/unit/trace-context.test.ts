// The context of a trace on its way: into messages and out of them again, and what becomes of one that cannot be read.
import { trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inSpan } from '../../functions/shared/tracing/span.ts';
import {
  carrier,
  continuing,
  currentTrace,
  type TraceContext,
  traceAttributes,
  traceHeaders,
  traceIn,
} from '../../functions/shared/tracing/trace-context.ts';
import { type Traced, traced } from './tracing-fixture.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const traceparent = `00-${TRACE}-${SPAN}-01`;

/** As Lambda hands on what was sent to SQS. */
const delivered = (attributes: ReturnType<typeof traceAttributes>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, { stringValue: StringValue }]));

const parentIn = (sent: TraceContext) => trace.getSpanContext(continuing(sent));

describe('where an SDK is', () => {
  let on: Traced;
  beforeEach(() => {
    on = traced();
  });
  afterEach(() => on.stop());

  it('leads through the attributes of a message to the span that sent it', async () => {
    const sent = await inSpan('send', {}, async (span) => ({ span: span.spanContext(), attributes: traceAttributes() }));
    expect(parentIn(traceIn(delivered(sent.attributes)))).toMatchObject({ traceId: sent.span.traceId, spanId: sent.span.spanId });
  });

  it('is the same in headers of a record, in payloads and in what is kept for later', async () => {
    await inSpan('send', {}, async (span) => {
      const { traceId, spanId } = span.spanContext();
      const expected = { traceparent: `00-${traceId}-${spanId}-01` };
      expect([traceHeaders(), carrier(), currentTrace()]).toEqual([expected, expected, expected]);
    });
  });

  it('takes along what other vendors have to say', async () => {
    const sent = await inSpan('process', { parent: { traceparent, tracestate: 'vendor=1' } }, async () => carrier());
    expect(sent).toEqual({ traceparent: expect.stringContaining(TRACE), tracestate: 'vendor=1' });
  });

  it('leaves out what they say where it cannot be read: SQS refuses an attribute without a value', async () => {
    const sent = await inSpan('process', { parent: { traceparent, tracestate: '!!' } }, async () => Object.keys(traceAttributes()));
    expect(sent).toEqual(['traceparent']);
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a text that is none', 'hello'],
    ['too few parts', `00-${TRACE}-01`],
    ['a short trace id', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['capitals', traceparent.toUpperCase()],
    ['a version that there is not', `ff-${TRACE}-${SPAN}-01`],
    ['more after version 00', `${traceparent}-more`],
    ['far too much', 'x'.repeat(100_000)],
  ])('begins anew after %s', async (_, malformed) => {
    expect(parentIn({ traceparent: malformed })).toBeUndefined();
    await inSpan('process', { parent: { traceparent: malformed } }, async () => undefined);
    const [span] = on.spans();
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.spanContext().traceId).not.toBe(TRACE);
  });

  it('reads what is well-formed: the cases above fail by what is wrong with them', () => {
    expect(parentIn({ traceparent })).toMatchObject({ traceId: TRACE, spanId: SPAN });
  });
});

describe('without one', () => {
  it('nothing is sent along, and nothing kept', () => {
    expect([carrier(), traceAttributes(), traceHeaders(), currentTrace()]).toEqual([{}, {}, {}, undefined]);
  });
});
