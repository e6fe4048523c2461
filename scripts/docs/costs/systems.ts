// What one request of each system does, a million times. Read beside docs/architecture.md.
import { assumed as picture } from '../../../bench/simulate/pictures.ts';
import type { Line } from './line.ts';
import type { Measured } from './measured.ts';
import type { Place } from './place.ts';
import { prices } from './prices.ts';
import { ANSWER_BYTES, billedMs, each, gigabytes, invoke, MILLION, rest, toQueues, upload } from './usage.ts';

export interface SystemCost {
  readonly title: string;
  readonly story: string;
  readonly lines: readonly Line[];
}

/** Step Functions starts a function a little slower than API Gateway does; assumed. */
const STEP_MS = 20;
const EXECUTION_GB = 64 / 1024;

/** Bytes of the bench's pictures: JPEG in, and out as PNG of 400x300, by `sharp` over bench/pictures/photos.ts. */
const RESULT_BYTES = 280_000;
/** Base64 is a third longer. */
const BASE64 = 4 / 3;
/** Days that picturesLifecycle keeps sources and results. */
const SOURCE_DAYS = 7;
const RESULT_DAYS = 30;
const DAYS = 365 / 12;

export function find(place: Place, { lookup }: Measured): SystemCost {
  return {
    title: 'Find an item: GET /stock/find/{id}',
    story: 'One function, one query. Orders, payment and single messages are read the same way.',
    lines: [...rest(place), ...invoke(place, [{ entry: 'stock/api', times: 1, processorMs: lookup, roundTrips: 1 }])],
  };
}

export function status(place: Place, { lookup }: Measured): SystemCost {
  return {
    title: 'Status: GET /status',
    story:
      'One function asks the three layers at once. Callers within a second share the answer, so a million probes ask less than a million times.',
    lines: [...rest(place), ...invoke(place, [{ entry: 'status/api', times: 1, processorMs: lookup, roundTrips: 1 }])],
  };
}

export function breeds(place: Place, measured: Measured): SystemCost {
  return {
    title: 'List of breeds: GET /api/v1/breeds',
    story: 'One function, one read of Redis.',
    lines: [
      ...rest(place, measured.breeds + ANSWER_BYTES),
      ...invoke(place, [{ entry: 'cats/api', times: 1, processorMs: measured.lookup, roundTrips: 1 }]),
    ],
  };
}

export function checkout(place: Place, measured: Measured): SystemCost {
  const step = { processorMs: measured.checkout / 4, roundTrips: 1 };
  const steps = [
    { entry: 'orders/api', times: 2, ...step },
    { entry: 'stock/api', times: 1, ...step },
    { entry: 'payment/api', times: 1, ...step },
  ];
  const seconds = steps.reduce((sum, { entry, times }) => sum + times * (billedMs(step, place.memoryOf(entry)) + STEP_MS), 0) / 1000;
  // Step Functions bills every 100 ms that began.
  const billed = Math.ceil(seconds * 10) / 10;
  return {
    title: 'Checkout: POST /orders/checkout/{order_id}',
    story:
      'API Gateway runs the state machine; begin, reserve, charge and complete are an invocation each. A refused checkout is one or two steps longer or shorter.',
    lines: [
      ...rest(place),
      ...each('executions', 1, prices.execution),
      {
        what: 'their duration',
        quantities: [{ n: MILLION }, { n: billed / 3600, of: 'h' }, { n: EXECUTION_GB, of: 'GB' }],
        price: prices.executionDuration,
      },
      ...invoke(place, steps),
    ],
  };
}

export function pictures(place: Place, measured: Measured, transport: 'kafka' | 'sqs'): SystemCost {
  const source = measured.pictureBody * 1e6;
  const { readMs, writeMs, databaseMs } = picture;
  const jpeg = source / BASE64;
  return {
    title: `Picture, over ${transport === 'kafka' ? 'Kafka' : 'SQS'}: POST /api/, resized, fetched once`,
    story:
      'A picture of 1600x1200 comes in as base64 in JSON, goes to S3, is resized to 400x300 and is fetched once. Two requests of the client. ' +
      `Waiting is what docs/scale.md assumes: ${readMs} ms to read from S3, ${writeMs} ms to write to it, and ${databaseMs} ms for the three statements of the consumer, ${readMs + writeMs + databaseMs} ms. ` +
      'The consumer is given one picture an invocation, and the processor time of the whole application: if these times hold it costs less, as it waits for three pictures of a batch at once.',
    lines: [
      // Of the two answers, one is the picture.
      ...rest(place, (ANSWER_BYTES + RESULT_BYTES * BASE64) / 2, 2),
      upload(source),
      ...invoke(place, [
        // One of the two writes to S3, the other reads from it.
        { entry: 'pictures/api', times: 2, processorMs: measured.lookup, roundTrips: 3, waitMs: (readMs + writeMs) / 2 },
        {
          entry: 'pictures/consumer',
          times: 1,
          processorMs: measured.picture,
          roundTrips: 0,
          waitMs: readMs + databaseMs + writeMs,
          metricsLines: 1,
        },
      ]),
      ...each('S3, source and result written', 2, prices.objectPut),
      ...each('S3, source and result read', 2, prices.objectGet),
      {
        what: `S3, sources for ${SOURCE_DAYS} days`,
        quantities: [gigabytes(1, jpeg), { n: SOURCE_DAYS / DAYS, of: 'months' }],
        price: prices.objectStorage,
      },
      {
        what: `S3, results for ${RESULT_DAYS} days`,
        quantities: [gigabytes(1, RESULT_BYTES), { n: RESULT_DAYS / DAYS, of: 'months' }],
        price: prices.objectStorage,
      },
      ...(transport === 'sqs' ? [...each('SQS: send, receive, delete', 3, prices.queueRequest), ...toQueues(place, 1)] : []),
    ],
  };
}
