// What functions count as failed although Lambda takes it for answered, as CloudWatch reads it from their logs.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { kafkaBatch, sqsBatch } from '../../functions/shared/batch.ts';
import { text } from '../../functions/shared/http/answer.ts';
import { httpHandler } from '../../functions/shared/http/handler.ts';
import { textShapes } from '../../functions/shared/http/text-shapes.ts';
import { log } from '../../functions/shared/logging.ts';
import { context, gatewayEvent } from './http-events.ts';

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.stubEnv('METRICS_NAMESPACE', 'stackyard/prod');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'stock/api');
  vi.stubEnv('AWS_LAMBDA_FUNCTION_VERSION', '7');
  vi.spyOn(log, 'error').mockReturnValue(undefined);
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const FAILURE = {
  _aws: {
    Timestamp: expect.any(Number),
    CloudWatchMetrics: [
      { Namespace: 'stackyard/prod', Dimensions: [['service', 'version']], Metrics: [{ Name: 'Failures', Unit: 'Count' }] },
    ],
  },
  service: 'stock/api',
  version: '7',
  Failures: 1,
};

const counted = () => lines.map((line) => JSON.parse(line));

const answer = (find: () => Promise<ReturnType<typeof text>>) =>
  httpHandler(
    {
      find: {
        method: 'GET',
        path: '/things/{id}',
        summary: 'A thing',
        request: {},
        answers: { 400: { description: 'no', body: z.string() } },
      },
    },
    { find },
    textShapes,
  )(gatewayEvent(), context);

it('counts an error of its own that it answers with 400', async () => {
  expect(await answer(() => Promise.reject(new Error('broken')))).toMatchObject({ statusCode: 400, body: 'DB error' });
  expect(counted()).toEqual([FAILURE]);
});

it('does not count a refusal', async () => {
  expect(await answer(async () => text('not found', 400))).toMatchObject({ statusCode: 400 });
  expect(counted()).toEqual([]);
});

const failing = async (body: string) => {
  if (body === 'bad') throw new Error('broken');
};
const sqs = ['good', 'bad', 'bad'].map((body, id) => ({
  messageId: String(id),
  body,
  messageAttributes: {},
  eventSourceARN: 'a:b:c:d:e:jobs',
}));
const kafka = ['good', 'bad'].map((value, offset) => ({
  topic: 'jobs',
  partition: 0,
  offset,
  value: Buffer.from(value).toString('base64'),
  headers: [],
}));

it('counts each record that it hands back', async () => {
  await sqsBatch(2, failing)({ Records: sqs } as never);
  expect(counted()).toEqual([FAILURE, FAILURE]);
  await kafkaBatch(2, failing)({ records: { 'jobs-0': kafka } } as never);
  expect(counted()).toHaveLength(3);
});

it('counts nothing where nobody asks', async () => {
  vi.stubEnv('METRICS_NAMESPACE', '');
  await answer(() => Promise.reject(new Error('broken')));
  expect(counted()).toEqual([]);
});
