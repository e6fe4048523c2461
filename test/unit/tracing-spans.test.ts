// Spans around work: whose they are, what they say, and that work does not notice them.
import { setImmediate as turn } from 'node:timers/promises';
import { SpanStatusCode } from '@opentelemetry/api';
import type { Context, MSKEvent, SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { kafkaBatch } from '../../functions/shared/batch.ts';
import { log } from '../../functions/shared/logging.ts';
import { orderedBatch } from '../../functions/shared/ordered-batch.ts';
import { inRequest } from '../../functions/shared/request-context.ts';
import { traceId } from '../../functions/shared/tracing/active.ts';
import { inSpan, inSpans } from '../../functions/shared/tracing/span.ts';
import { type Traced, traced } from './tracing-fixture.ts';

const parent = (digit: string) => ({ traceparent: `00-${digit.repeat(32)}-${digit.repeat(16)}-01` });
const bytes = (text: string) => [...Buffer.from(text)];

let on: Traced | undefined;
afterEach(() => {
  on?.stop();
  on = undefined;
  vi.restoreAllMocks();
});

/** Name, trace and request of every span. */
const told = () => on?.spans().map((span) => [span.name, span.spanContext().traceId[0], span.attributes['request.id']]);

describe('where an SDK is', () => {
  beforeEach(() => {
    on = traced();
  });

  it('keeps those apart that run at once in one environment', async () => {
    const work = (digit: string) =>
      inRequest({ requestId: `r${digit}` }, () =>
        inSpan('outer', { parent: parent(digit) }, async () => {
          await turn();
          await inSpan('inner', {}, turn);
          return traceId()?.[0];
        }),
      );
    expect(await Promise.all(['a', 'b', 'c'].map(work))).toEqual(['a', 'b', 'c']);
    expect(told()?.toSorted()).toEqual(['inner', 'outer'].flatMap((name) => ['a', 'b', 'c'].map((digit) => [name, digit, `r${digit}`])));
  });

  it('writes down what was thrown, and throws it on', async () => {
    await expect(inSpan('work', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const [span] = on?.spans() ?? [];
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
    expect(span?.events[0]?.attributes).toMatchObject({ 'exception.message': 'no' });
  });

  it('makes one for each cause of the same work, and none where there is no cause', async () => {
    const carriers = await inSpans('push', [{ parent: parent('a') }, undefined, { parent: parent('b') }], async (all) => all);
    expect(carriers.map((one) => one?.traceparent?.slice(3, 4))).toEqual(['a', undefined, 'b']);
    expect(told()?.map(([, trace]) => trace)).toEqual(['a', 'b']);
  });

  it('continues the trace of every record of a batch, under its own request', async () => {
    const record = (digit: string) => ({
      topic: 'jobs',
      partition: 0,
      offset: Number(digit),
      value: Buffer.from(digit).toString('base64'),
      headers: [{ 'x-request-id': bytes(`r${digit}`) }, { traceparent: bytes(parent(digit).traceparent) }],
    });
    await kafkaBatch(2, async () => turn())({ records: { 'jobs-0': [record('1'), record('2')] } } as unknown as MSKEvent);
    expect(told()).toEqual([
      ['process jobs', '1', 'r1'],
      ['process jobs', '2', 'r2'],
    ]);
  });

  it('hands an ordered batch what each of its messages has to send along', async () => {
    const record = (digit: string) => ({
      messageId: digit,
      eventSourceARN: 'arn:aws:sqs:eu-west-1:1:inbox.fifo',
      messageAttributes: { 'x-request-id': { stringValue: `r${digit}` }, traceparent: { stringValue: parent(digit).traceparent } },
    });
    const event = { Records: [record('1'), record('2')] } as unknown as SQSEvent;
    let sent: unknown;
    await orderedBatch(async ({ Records }, _, tracesOf) => {
      sent = Records.map((one) => tracesOf(one).map((trace) => trace?.traceparent?.slice(3, 4)));
    })(event, {} as Context);
    expect(sent).toEqual([['1'], ['2']]);
    expect(told()).toEqual([
      ['process inbox.fifo', '1', 'r1'],
      ['process inbox.fifo', '2', 'r2'],
    ]);
  });

  it('names the trace in log lines', async () => {
    const lines: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    await inSpan('work', { parent: parent('a') }, async () => log.info('inside'));
    log.info('outside');
    expect(lines.map((line) => (JSON.parse(line) as { traceId?: string }).traceId)).toEqual(['a'.repeat(32), undefined]);
  });
});

describe('without one', () => {
  it('runs the work as it is', async () => {
    expect(await inSpan('work', {}, async (span) => span.isRecording())).toBe(false);
    expect(await inSpans('work', [{}, undefined], async (carriers) => carriers)).toEqual([undefined, undefined]);
    await expect(inSpan('work', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(traceId()).toBeUndefined();
  });
});
