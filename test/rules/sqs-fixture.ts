// A queue, its dead-letter queue and a function that reads it, hosted.
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Event, type EventSink, eventSink } from './event-sink.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

export interface QueueFixture {
  readonly sink: EventSink;
  readonly host: FixtureHost;
  readonly client: SQSClient;
  send(bodies: readonly string[], extra?: (body: string) => object): Promise<void>;
  /** Messages not yet deleted, visible or not. */
  left(): Promise<number>;
  /** Waits for the next message of the dead-letter queue and takes it away. */
  dead(): Promise<{ readonly Body?: string | undefined; readonly MessageId?: string | undefined }>;
  stop(): Promise<void>;
}

/** @param queue properties of the queue, @param mapping those of the event source mapping, @param fn those of the function. */
export async function queueFixture(mapping: object = {}, queue: Record<string, unknown> = {}, fn: object = {}): Promise<QueueFixture> {
  const sink = await eventSink();
  const fifo = queue.FifoQueue === true;
  const started = hostFixture({
    Dead: { Type: 'AWS::SQS::Queue', Properties: fifo ? { FifoQueue: true } : {} },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 1, ...queue } },
    Worker: nodeFunction(sink.source, { Timeout: 1, MemorySize: 512, ...fn }),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { Ref: 'Worker' }, ...mapping },
    },
  });
  const host = await started.catch(async (error) => {
    await sink.stop();
    throw error;
  });
  const client = new SQSClient(host.config('SQS'));
  const QueueUrl = host.ref('Queue');
  return {
    sink,
    host,
    client,
    send: async (bodies, extra = () => ({})) => {
      const Entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: body, ...extra(body) }));
      const { Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed?.length) throw new Error(`Not sent: ${JSON.stringify(Failed)}`);
    },
    left: async () => {
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      return Number(Attributes?.ApproximateNumberOfMessages) + Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
    },
    dead: async () => {
      const DeadUrl = host.ref('Dead');
      for (;;) {
        const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: DeadUrl, WaitTimeSeconds: 20 }));
        const [message] = Messages ?? [];
        if (!message) continue;
        await client.send(new DeleteMessageCommand({ QueueUrl: DeadUrl, ReceiptHandle: message.ReceiptHandle }));
        return message;
      }
    },
    stop: async () => {
      await host.stop();
      client.destroy();
      await sink.stop();
    },
  };
}

/** The bodies of all records, in the order in which the function saw them. */
export const bodiesOf = (events: readonly Event[]): string[] =>
  events.flatMap((event) => event.Records.map((record: Event) => record.body));
