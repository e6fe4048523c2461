// The five systems: stateless, deployed as often as their code changes.
import { Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Api } from '../constructs/api.ts';
import { handOver, PICTURES_BUCKET, REST_API } from '../constructs/hand-over.ts';
import type { Platform } from '../constructs/service-function.ts';
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

  constructor(scope: Construct, id: string, { config, network, data, alarms }: SystemsProps) {
    super(scope, id);
    const platform: Platform = { config, network, alarms };
    this.api = new Api(this, 'Api', config.stage);
    if (config.data.kind === 'external') {
      handOver(this, config.stage, REST_API, this.api.restApiId);
      handOver(this, config.stage, PICTURES_BUCKET, data.pictures.bucketName);
    }
    const operations = new Operations(this, 'Operations', { platform, data });
    const pictures = new Pictures(this, 'Pictures', { platform, data, api: this.api, operations });
    const messages = new Messages(this, 'Messages', { platform, data, api: this.api, operations });
    this.webSocket = messages.webSocket;
    const orders = new Orders(this, 'Orders', { platform, data, api: this.api, operations });
    const cats = new Cats(this, 'Cats', { platform, data, api: this.api, operations });
    new Status(this, 'Status', { platform, data, api: this.api, transport: pictures.transport });
    const workers = new Workers(this, 'Workers', { platform, data, api: this.api, watched: [pictures.watched, ...messages.watched] });
    const collectors = { pictures: pictures.collector, orders: orders.collector, cats: cats.collector, workers: workers.collector };
    new Metrics(this, 'Metrics', { platform, data, api: this.api, collectors });
  }
}
