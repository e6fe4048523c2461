// What LocalStack's free edition lacks, as an assembly of its own: not deployed, but hosted by the gateway beside the emulator.
import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Config, ExternalData } from '../config.ts';
import { ExternalKafka } from '../constructs/external-data.ts';
import { handedOver, PICTURE_JOBS_FAILURES, PICTURES_BUCKET, REST_API } from '../constructs/hand-over.ts';
import { KafkaTopic } from '../constructs/kafka-topic.ts';
import { Migrations } from '../constructs/migrations.ts';
import { functionName } from '../constructs/service-function.ts';
import { WebSocketApi } from '../constructs/web-socket-api.ts';
import { pictureJobsSource, pictureJobsTopic } from '../systems/picture-jobs.ts';
import { ConsoleStack } from './console.ts';

export function addGateway(scope: Construct, config: Config, data: ExternalData): void {
  const gateway = new GatewayStack(scope, 'sidecar', config, data);
  const restApi = `${handedOver(config.stage, REST_API)}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  new ConsoleStack(scope, 'console', {
    rest: new HttpOrigin(restApi, { originPath: `/${config.stage}` }),
    webSocketDomain: gateway.webSocket.domain,
    pictures: Bucket.fromBucketName(gateway, 'Pictures', handedOver(config.stage, PICTURES_BUCKET)),
    config,
  });
}

/** The same constructs as on AWS, around functions that the emulator runs. */
class GatewayStack extends Stack {
  readonly webSocket: WebSocketApi;

  constructor(scope: Construct, id: string, config: Config, { controlUrl }: ExternalData) {
    super(scope, id);
    const { stage, generation, pictures } = config;
    // What it may do was said where it was deployed.
    const role = Role.fromRoleName(this, 'Role', 'as-deployed', { mutable: false });
    const deployed = (entry: string) => {
      const functionArn = Stack.of(this).formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: functionName(stage, entry),
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      return LambdaFunction.fromFunctionAttributes(this, entry, { functionArn, role, sameEnvironment: true });
    };
    new Migrations(this, 'Migrations', { by: deployed('operations/migrate'), generation });
    this.webSocket = new WebSocketApi(this, 'Live', { config, handler: deployed('messages/socket') });
    if (pictures.transport !== 'kafka') return;
    const cluster = new ExternalKafka(this, stage, controlUrl);
    const creator = deployed('operations/topics');
    const topic = new KafkaTopic(this, 'PictureJobs', { ...pictureJobsTopic, cluster, creator, generation });
    const failures = Queue.fromQueueArn(this, 'PictureJobsFailures', handedOver(stage, PICTURE_JOBS_FAILURES));
    const consumer = deployed('pictures/consumer');
    consumer.addEventSource(pictureJobsSource(cluster, failures));
    consumer.node.addDependency(topic);
  }
}
