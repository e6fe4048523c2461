// Asynchronous invokes and the log of an event: L11, L13.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { minutes } from './timed.ts';

vi.setConfig({ testTimeout: minutes });

let fixture: FixtureHost;
let lambda: LambdaClient;
let sqs: SQSClient;

const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const failing = "export const handler = async () => { throw new RangeError('always') }";

/** At 1200 times the speed the retries come after 50 and 100 ms instead of 1 and 2 minutes. */
beforeAll(async () => {
  fixture = await hostFixture(
    {
      Failures: queue,
      DeadLetters: queue,
      Once: queue,
      Expired: queue,
      Failing: nodeFunction(failing),
      FailingPolicy: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Failing' },
          Qualifier: '$LATEST',
          DestinationConfig: { OnFailure: { Destination: arn('Failures') } },
        },
      },
      Dead: nodeFunction(failing, { DeadLetterConfig: { TargetArn: arn('DeadLetters') } }),
      NoRetry: nodeFunction(failing),
      NoRetryPolicy: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'NoRetry' },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: arn('Once') } },
        },
      },
      Closed: nodeFunction(failing, { ReservedConcurrentExecutions: 0 }),
      ClosedPolicy: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Closed' },
          Qualifier: '$LATEST',
          MaximumEventAgeInSeconds: 60,
          DestinationConfig: { OnFailure: { Destination: arn('Expired') } },
        },
      },
      Talking: nodeFunction(`
        export const handler = async () => {
          console.log('two\\nlines', { of: 1 });
          console.warn('careful');
          process.stdout.write('{"level":"INFO","message":"as it is"}\\n');
          return 1;
        }`),
    },
    { timeScale: 1200 },
  );
  lambda = new LambdaClient(fixture.config());
  sqs = new SQSClient(fixture.config('SQS'));
  // Where minutes are real they pass for all of these at once.
  await Promise.all(['Dead', 'NoRetry', 'Closed'].map(send));
});
afterAll(() => fixture?.stop());

const send = (name: string) =>
  lambda.send(new InvokeCommand({ FunctionName: fixture.ref(name), InvocationType: 'Event', Payload: JSON.stringify({ order: 7 }) }));

async function receive(name: string) {
  const request = { QueueUrl: fixture.ref(name), WaitTimeSeconds: 10, MessageAttributeNames: ['All'] };
  for (;;) {
    const { Messages } = await sqs.send(new ReceiveMessageCommand(request));
    const [message] = Messages ?? [];
    if (message) return { body: JSON.parse(message.Body ?? 'null'), attributes: message.MessageAttributes };
  }
}

test('L11: an event is accepted at once, without an answer', async () => {
  const { StatusCode, Payload, FunctionError } = await send('Failing');
  expect({ StatusCode, payload: Payload?.transformToString() ?? '', FunctionError }).toEqual({
    StatusCode: 202,
    payload: '',
    FunctionError: undefined,
  });
});

test('L11: after two retries the on-failure destination gets the invocation record', async () => {
  const { body } = await receive('Failures');
  expect(body).toMatchObject({
    version: '1.0',
    requestContext: {
      functionArn: `${fixture.attribute('Failing', 'Arn')}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: { order: 7 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'RangeError', errorMessage: 'always' },
  });
});

test('L11: the dead-letter queue gets the event itself, with what went wrong as attributes', async () => {
  const { body, attributes } = await receive('DeadLetters');
  expect(body).toEqual({ order: 7 });
  expect(attributes).toMatchObject({ ErrorCode: { StringValue: '200' }, ErrorMessage: { StringValue: 'always' }, RequestID: {} });
});

test('L11: the number of retries is what the function says', async () => {
  expect((await receive('Once')).body.requestContext.approximateInvokeCount).toBe(1);
});

test('L11: a throttled event is tried until it is too old', async () => {
  const { requestContext } = (await receive('Expired')).body;
  expect(requestContext).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 0 });
});

test('L13: the log has START, END and REPORT around lines of time, request id, level and message; JSON lines stay as they are', async () => {
  const { LogResult, $metadata } = await lambda.send(new InvokeCommand({ FunctionName: fixture.ref('Talking'), LogType: 'Tail' }));
  const id = $metadata.requestId;
  const lines = Buffer.from(LogResult ?? '', 'base64')
    .toString('utf8')
    .split('\n');
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  expect(lines).toEqual([
    `START RequestId: ${id} Version: $LATEST`,
    expect.stringMatching(new RegExp(`^${time}\t${id}\tINFO\ttwo\rlines { of: 1 }$`)),
    expect.stringMatching(new RegExp(`^${time}\t${id}\tWARN\tcareful$`)),
    '{"level":"INFO","message":"as it is"}',
    `END RequestId: ${id}`,
    expect.stringMatching(
      new RegExp(
        `^REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms$`,
      ),
    ),
    '',
  ]);
});
