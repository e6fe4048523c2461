// What a million requests of one kind use, as lines of a bill.
import type { Line, Quantity } from './line.ts';
import type { Place } from './place.ts';
import type { Price } from './price.ts';
import { prices } from './prices.ts';

export const MILLION = 1_000_000;
const million = (times: number): Quantity => ({ n: times, of: 'million' });

/** A function has as much of a processor as it has of this memory: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const MEMORY_OF_A_PROCESSOR = 1769;
/** Assumed, of a query or an API call inside the region. */
export const ROUND_TRIP_MS = 2;
/** Assumed: START, END and REPORT of an invocation. Of a request that went well functions write nothing but `METRICS_BYTES`. */
export const LOG_BYTES = 500;
/** Assumed: a line of functions/shared/metrics/durations.ts, in the embedded metric format. */
export const METRICS_BYTES = 300;
/** Assumed: the line of lib/constructs/api-logs.ts, filled in. */
export const ACCESS_LOG_BYTES = 450;
/** Assumed, headers included. */
export const ANSWER_BYTES = 1_000;
/** Assumed, of headers: what a request has besides its body. */
export const HEADER_BYTES = 1_000;
/** Assumed, there and back, by AWS's SDK: signature, headers, bodies, answer. */
export const CALL_BYTES = 4_000;
/**
 * Assumed, there and back, of a post to a listener without its frame: `x-amz-security-token` of about 1,000 bytes, 300 of the signature, 300 of other
 * headers, and an answer of 400. Less than other calls, as functions/messages/live/poster.ts sends neither headers of the SDK nor JSON.
 */
export const POST_BYTES = 2_000;

export interface Invocation {
  /** Entry of the function: `orders/api`. */
  readonly entry: string;
  /** Per request. */
  readonly times: number;
  /** Processor time of one, in ms, on a whole processor. */
  readonly processorMs: number;
  /** Queries and API calls that it waits for, one after the other. */
  readonly roundTrips: number;
  /** What it waits for besides. */
  readonly waitMs?: number;
  /** Lines of metrics that it writes. */
  readonly metricsLines?: number;
}

/** Lambda bills whole milliseconds; a function with less than a processor takes longer, one with more does not take less. */
export const billedMs = (
  { processorMs, roundTrips, waitMs = 0 }: Pick<Invocation, 'processorMs' | 'roundTrips' | 'waitMs'>,
  memory: number,
): number => Math.ceil(processorMs * Math.max(1, MEMORY_OF_A_PROCESSOR / memory) + roundTrips * ROUND_TRIP_MS + waitMs);

export function invoke({ memoryOf }: Place, invocations: readonly Invocation[]): Line[] {
  const times = invocations.reduce((sum, each) => sum + each.times, 0);
  const logBytes = invocations.reduce((sum, each) => sum + each.times * (LOG_BYTES + (each.metricsLines ?? 0) * METRICS_BYTES), 0);
  return [
    { what: 'invocations', quantities: [million(times)], price: prices.lambdaRequest },
    ...invocations.map((each) => {
      const memory = memoryOf(each.entry);
      return {
        what: `\`${each.entry}\`, ${memory} MB`,
        quantities: [{ n: each.times * MILLION }, { n: billedMs(each, memory) / 1000, of: 's' }, { n: memory / 1024, of: 'GB' }],
        price: prices.lambdaArm,
      };
    }),
    { what: 'logs of the invocations', quantities: [gigabytes(1, logBytes)], price: prices.logs },
  ];
}

/** `times` million times so many bytes. */
export const gigabytes = (times: number, bytes: number): Quantity => ({ n: (times * MILLION * bytes) / 1e9, of: 'GB' });

/** A request of a client, and its answer. */
export const rest = ({ firewalls, hasAccessLog }: Place, answerBytes = ANSWER_BYTES, times = 1): Line[] => [
  { what: 'CloudFront', quantities: [million(times)], price: prices.edgeRequest },
  ...(firewalls > 0 ? [{ what: 'firewalls', quantities: [{ n: firewalls }, million(times)], price: prices.firewallRequest }] : []),
  { what: 'REST API', quantities: [million(times)], price: prices.restRequest },
  ...(hasAccessLog ? [{ what: 'access log', quantities: [gigabytes(times, ACCESS_LOG_BYTES)], price: prices.logs }] : []),
  { what: 'answers to clients', quantities: [gigabytes(times, answerBytes)], price: prices.edgeData },
];

/** Bodies that CloudFront passes on are billed, bodies that it fetches are not. */
export const upload = (bodyBytes: number): Line => ({
  what: 'requests to the origin',
  quantities: [gigabytes(1, bodyBytes + HEADER_BYTES)],
  price: prices.edgeUpload,
});

export const each = (what: string, times: number, price: Price): Line[] =>
  times === 0 ? [] : [{ what, quantities: [million(times)], price }];

/** Calls of SQS from inside the network. S3 and DynamoDB have ways of their own, which cost nothing. */
export const toQueues = ({ toQueues: { what, price } }: Place, calls: number): Line[] => [
  { what, quantities: [gigabytes(calls, CALL_BYTES)], price },
];
