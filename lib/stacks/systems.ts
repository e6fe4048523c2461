// The five systems: stateless, deployed as often as their code changes.
import { Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { accept } from '../constructs/accepted.ts';
import { Api } from '../constructs/api.ts';
import { authorization } from '../constructs/authorizer.ts';
import { handOver, REST_API } from '../constructs/hand-over.ts';
import { guardOwnAddress } from '../constructs/own-address.ts';
import { GradualReleases } from '../constructs/releases.ts';
import type { Platform } from '../constructs/service-function.ts';
import type { WatchedQueue } from '../constructs/watched-queue.ts';
import type { WebSocketApi } from '../constructs/web-socket-api.ts';
import { Cats } from '../systems/cats.ts';
import { Messages } from '../systems/messages.ts';
import { Metrics } from '../systems/metrics.ts';
import { Operations } from '../systems/operations.ts';
import { Orders } from '../systems/orders.ts';
import { Pictures } from '../systems/pictures.ts';
import { Status } from '../systems/status.ts';
import { Workers } from '../systems/workers.ts';
import type { DataStack } from './data.ts';
import type { NetworkStack } from './network.ts';

export interface SystemsProps {
  readonly config: Config;
  readonly network: NetworkStack | undefined;
  readonly data: DataStack;
  readonly alarms: ITopic;
}

export class SystemsStack extends Stack {
  readonly api: Api;
  readonly webSocket: WebSocketApi | undefined;
  readonly checkout: StateMachine;
  /** Of orders, stock and payment. */
  readonly orderLogs: Readonly<Record<string, ILogGroup>>;
  /** Queues and topics, with their dead letters. */
  readonly watched: readonly WatchedQueue[];
  /** What CloudFront sends to the REST API, where nobody else is let in. */
  readonly originKey: ISecret | undefined;

  constructor(scope: Construct, id: string, { config, network, data, alarms }: SystemsProps) {
    super(scope, id);
    accept(
      this,
      {
        id: 'Serverless-EventBusDLQ',
        reason: 'all rules are schedules: the next event does what a lost one did not, and an alarm tells of it',
      },
      { id: 'Serverless-LambdaEventSourceMappingDestination', reason: 'queues put aside what fails by their own redrive policy' },
    );
    const common: Platform = { config, network, alarms };
    const platform: Platform =
      config.functions.release === 'canary' ? { ...common, releases: new GradualReleases(this, 'Releases', common) } : common;
    this.api = new Api(this, 'Api', { config, authorization: authorization(this, platform) });
    this.originKey = guardOwnAddress(this, this.api, config);
    if (config.data.kind === 'external') handOver(this, config.stage, REST_API, this.api.restApiId);
    const operations = new Operations(this, 'Operations', { platform, data });
    const pictures = new Pictures(this, 'Pictures', { platform, data, api: this.api, operations });
    const messages = new Messages(this, 'Messages', { platform, data, api: this.api, operations });
    this.webSocket = messages.webSocket;
    const orders = new Orders(this, 'Orders', { platform, data, api: this.api, operations });
    this.checkout = orders.checkout;
    this.orderLogs = orders.logs;
    this.watched = [pictures.watched, ...messages.watched];
    const cats = new Cats(this, 'Cats', { platform, data, api: this.api, operations });
    new Status(this, 'Status', { platform, data, api: this.api, transport: pictures.transport });
    const workers = new Workers(this, 'Workers', { platform, data, api: this.api, watched: this.watched });
    const collectors = { pictures: pictures.collector, orders: orders.collector, cats: cats.collector, workers: workers.collector };
    new Metrics(this, 'Metrics', { platform, data, api: this.api, collectors });
  }
}
