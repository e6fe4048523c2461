// Spans around work. Without an SDK they are not made, and the work runs as if they were not there.
import {
  type Attributes,
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { requestId } from '../request-context.ts';
import { isTracing } from './active.ts';
import { carrier, continuing, type TraceContext } from './trace-context.ts';

export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** Of another function: what it sent along. By default the span that is open here. */
  readonly parent?: TraceContext;
}

/** Attribute of every span: the id of the request that caused it. */
export const REQUEST_ID_ATTRIBUTE = 'request.id';

/** For a request whose id is known only after its span has begun. */
export const nameRequest = (id: string): void => {
  trace.getActiveSpan()?.setAttribute(REQUEST_ID_ATTRIBUTE, id);
};

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** What `work` throws is written down in the span, and thrown on. `options` are a function where finding them takes work, which is then left undone. */
export async function inSpan<Result>(
  name: string,
  options: SpanOptions | (() => SpanOptions),
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  if (!isTracing()) return work(noSpan);
  const { span, within } = opened(name, typeof options === 'function' ? options() : options);
  return context.with(within, () => ended([span], () => work(span)));
}

/**
 * A span for each of `all` around the same work, which a batch does for all of them at once; undefined where there is to be none. `work` gets what
 * each has to send along, in the same order, and runs within the first.
 */
export async function inSpans<Result>(
  name: string,
  all: readonly (SpanOptions | undefined)[],
  work: (carriers: readonly (TraceContext | undefined)[]) => Promise<Result>,
): Promise<Result> {
  if (!isTracing()) return work(all.map(() => undefined));
  const open = all.map((options) => options && opened(name, options));
  const spans = open.flatMap((one) => one?.span ?? []);
  const carriers = open.map((one) => one && carrier(one.within));
  const first = open.find((one) => one !== undefined);
  return context.with(first?.within ?? context.active(), () => ended(spans, () => work(carriers)));
}

function opened(name: string, { kind = SpanKind.INTERNAL, attributes, parent }: SpanOptions): { span: Span; within: Context } {
  const around = parent ? continuing(parent) : context.active();
  const span = trace
    .getTracer('stackyard')
    .startSpan(name, { kind, attributes: { [REQUEST_ID_ATTRIBUTE]: requestId(), ...attributes } }, around);
  return { span, within: trace.setSpan(around, span) };
}

async function ended<Result>(spans: readonly Span[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    for (const span of spans) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
    }
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}
