// Messages: taken over REST, stored in their order, and pushed to whoever listens.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { messagesRoutes } from '../../functions/messages/routes.ts';
import { accept } from '../constructs/accepted.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import { watchSchedule, watchTable } from '../constructs/source-alarms.ts';
import type { WatchedQueue } from '../constructs/watched-queue.ts';
import { postTo, WebSocketApi } from '../constructs/web-socket-api.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { DataStack } from '../stacks/data.ts';
import type { Operations } from './operations.ts';

export interface MessagesProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  readonly operations: Operations;
}

/** A killed environment holds up what comes after it for six times this, the queue's visibility time-out: so it is short. */
const CONSUMER_TIMEOUT = Duration.seconds(5);
const PUSH_TIMEOUT = Duration.seconds(5);
const SOCKET_TIMEOUT = Duration.seconds(10);
/** Half an hour without a database makes no dead letters. */
const PATIENCE = 60;

export class Messages extends Construct {
  /** Undefined where a gateway beside an emulator hosts it. */
  readonly webSocket: WebSocketApi | undefined;
  /** For the page of workers. */
  readonly watched: readonly WatchedQueue[];

  constructor(scope: Construct, id: string, { platform, data, api, operations }: MessagesProps) {
    super(scope, id);
    const { alarms, config } = platform;
    const messages = new WorkQueue(this, 'Inbox', {
      name: 'messages-inbox',
      consumerTimeout: CONSUMER_TIMEOUT,
      impact: 'messages that were accepted are not stored until they are replayed',
      maxReceives: PATIENCE,
      fifo: true,
      alarms,
    });
    const pushes = new WorkQueue(this, 'Pushes', {
      name: 'messages-pushes',
      consumerTimeout: PUSH_TIMEOUT,
      impact: 'listeners were not told of something; those that resume get it',
      maxReceives: PATIENCE,
      fifo: true,
      alarms,
    });
    const greetings = new WorkQueue(this, 'Greetings', {
      name: 'messages-greetings',
      consumerTimeout: SOCKET_TIMEOUT,
      impact: 'a listener that never resumed gets no stored messages',
      alarms,
    });
    const connections = new Table(this, 'Connections', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      timeToLiveAttribute: 'expires_at',
      billingMode: BillingMode.PAY_PER_REQUEST,
      // Connections do not outlive their API, and the position of the stream is found again in the database.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    accept(connections, { id: 'AwsSolutions-DDB3', reason: 'connections end with their API: there is nothing to restore them for' });

    const apiFunction = new ServiceFunction(this, 'Api', platform, {
      entry: 'messages/api',
      timeout: Duration.seconds(20),
      memorySize: 512,
      monitoring: { impact: 'messages cannot be sent or read' },
    });
    const consumer = new ServiceFunction(this, 'Consumer', platform, {
      entry: 'messages/consumer',
      timeout: CONSUMER_TIMEOUT,
      memorySize: 512,
      monitoring: { impact: 'messages are stored late' },
    });
    const push = new ServiceFunction(this, 'Push', platform, {
      entry: 'messages/push',
      timeout: PUSH_TIMEOUT,
      memorySize: 512,
      monitoring: { impact: 'listeners hear late of messages' },
      // What a listener missed is told piece by piece, each asked for by the one before; every piece begins later, so it ends.
      asksItself: true,
    });
    const socket = new ServiceFunction(this, 'Socket', platform, {
      entry: 'messages/socket',
      timeout: SOCKET_TIMEOUT,
      memorySize: 512,
      monitoring: { impact: 'nobody can begin to listen, or resume' },
    });
    for (const fn of [apiFunction, consumer, push]) {
      data.database.grantSchema('messages', fn);
      operations.migrateBefore(fn);
    }
    for (const fn of [apiFunction, consumer, push, socket]) data.cache.grantUse(fn);
    grantSend(messages, 'MESSAGES_QUEUE_URL', [apiFunction]);
    grantSend(pushes, 'PUSHES_QUEUE_URL', [apiFunction, consumer, push, socket]);
    grantSend(greetings, 'GREETINGS_QUEUE_URL', [socket]);
    grantPutAside(messages, consumer);
    grantPutAside(pushes, push);
    const changes = ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
    connections.grant(socket, 'dynamodb:PutItem', ...changes);
    connections.grant(push, 'dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:BatchWriteItem', ...changes);
    for (const fn of [push, socket]) fn.addEnvironment('CONNECTIONS_TABLE', connections.tableName);

    consumer.live.addEventSource(new SqsEventSource(messages.queue, { batchSize: 10, reportBatchItemFailures: true }));
    // All pushes are one group, so there is one at a time whatever the number of environments.
    push.live.addEventSource(new SqsEventSource(pushes.queue, { batchSize: 10 }));
    socket.live.addEventSource(new SqsEventSource(greetings.queue, { batchSize: 10 }));
    const everyHour = new Rule(this, 'EveryHour', {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(apiFunction.live, { event: RuleTargetInput.fromObject({ action: 'forgetExpired' }) })],
    });
    watchSchedule(everyHour, { name: 'messages-expiry', impact: 'idempotency keys that have expired stay in the table', alarms });
    watchTable(connections, { name: 'messages-connections', impact: 'listeners are told late, or cannot begin to listen', alarms });

    this.watched = [
      messages.watched({ name: 'messages', description: 'Messages to be stored, in the order of their receipt', consumers: [consumer] }),
      pushes.watched({ name: 'pushes', description: 'What listeners are to be told, in one order for all', consumers: [push] }),
      greetings.watched({ name: 'greetings', description: 'Connections that have just come', consumers: [socket] }),
    ];

    const { data: place } = config;
    const { mayLog, connectAuthorizer: authorizer } = api;
    this.webSocket =
      place.kind === 'managed' ? new WebSocketApi(this, 'Live', { config, handler: socket.live, authorizer, mayLog }) : undefined;
    for (const fn of [push, socket])
      if (place.kind === 'external') postTo(place.connectionsUrl, fn);
      else this.webSocket?.grantPost(fn);
    addRoutes(api, messagesRoutes, apiFunction.live);
  }
}

function grantSend({ queue }: WorkQueue, variable: string, senders: readonly ServiceFunction[]): void {
  for (const fn of senders) {
    queue.grantSendMessages(fn);
    fn.addEnvironment(variable, queue.queueUrl);
  }
}

/** What can never be handled does not wait until it was received often enough. */
function grantPutAside({ deadLetters }: WorkQueue, fn: ServiceFunction): void {
  deadLetters.grantSendMessages(fn);
  fn.addEnvironment('DEAD_LETTERS_QUEUE_URL', deadLetters.queueUrl);
}
